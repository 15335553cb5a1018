import { hsCode } from './hs-code.ts';

/** Short names of HS headings and subheadings that these supply chains meet (World Customs Organization, HS 2022). */
const HEADINGS: Record<string, string> = {
  '2504': 'Natural graphite',
  '250410': 'Natural graphite, powder or flakes',
  '2530': 'Other minerals',
  '253090': 'Other minerals (spodumene among them)',
  '2602': 'Manganese ores and concentrates',
  '2603': 'Copper ores and concentrates',
  '2604': 'Nickel ores and concentrates',
  '2605': 'Cobalt ores and concentrates',
  '2609': 'Tin ores and concentrates',
  '2611': 'Tungsten ores and concentrates',
  '2615': 'Niobium, tantalum, vanadium or zirconium ores',
  '2620': 'Ash and residues with metals',
  '2805': 'Alkali or rare-earth metals',
  '280530': 'Rare-earth metals',
  '2822': 'Cobalt oxides and hydroxides',
  '282520': 'Lithium oxide and hydroxide',
  '282590': 'Other metal oxides and hydroxides (tungsten oxides among them)',
  '282739': 'Other chlorides (lithium chloride among them)',
  '282540': 'Nickel oxides and hydroxides',
  '283324': 'Nickel sulphate',
  '283329': 'Other sulphates (cobalt, manganese)',
  '283691': 'Lithium carbonate',
  '284190': 'Lithium metal oxides (cathode material)',
  '2846': 'Rare-earth compounds',
  '285390': 'Other inorganic compounds (precursor among them)',
  '3801': 'Artificial graphite and preparations',
  '382499': 'Chemical mixtures (cathode mixtures, black mass)',
  '7108': 'Gold',
  '7402': 'Unrefined copper',
  '7403': 'Refined copper and alloys',
  '740311': 'Copper cathodes',
  '7501': 'Nickel mattes',
  '8105': 'Cobalt metal',
  '850511': 'Permanent magnets',
  '850760': 'Lithium-ion cells and batteries',
  '850790': 'Parts of batteries',
  '8549': 'Electrical waste',
};

/** The name of a code of four to six digits, or of the heading that it is of; null where none is known. */
export function commodityName(digits: string): string | null {
  return HEADINGS[digits] ?? HEADINGS[digits.slice(0, 4)] ?? null;
}

/** The longest known name for an HS-6 code, and the code as it is written: 283691 → "2836.91". */
export function commodityOf(code: number): { code: string; name: string } {
  const digits = String(code).padStart(6, '0');
  const name = commodityName(digits) ?? `Commodity ${digits}`;
  return { code: hsCode(code), name };
}

/** Every code of the table, as a number of six digits. */
export const knownCommodities: readonly number[] = Object.keys(HEADINGS).map((digits) =>
  Number(digits.padEnd(6, '0')),
);
