import type { CommodityList } from '../policy.ts';

/**
 * What no smelter, refiner or recycler has to have handled yet. Small on purpose: material under any other code that
 * passed none of them is not enough evidence.
 */
export const unprocessed: CommodityList = {
  id: 'hs-2022-unprocessed',
  title: 'Ores, concentrates, minerals as mined, slag and ash, waste and scrap',
  source:
    'Harmonized System 2022 (in force from 1 January 2022): chapters 25 and 26, headings of waste and scrap in chapters 72 to 81, heading 8549. That these count as unprocessed is our choice.',
  validFrom: Date.UTC(2022, 0, 1) / 1000,
  validUntil: null,
  codes: [
    '25', // salt, sulphur, earths, stone: natural graphite, spodumene
    '26', // ores, concentrates, slag, ash
    '7204', // iron
    '7404', // copper
    '7503', // nickel
    '7602', // aluminium
    '7802', // lead
    '7902', // zinc
    '8002', // tin
    '810530', // cobalt
    '8549', // electrical and electronic waste
  ],
};
