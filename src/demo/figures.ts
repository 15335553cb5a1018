/**
 * Every number that the story is computed from, with its public source. `illustrative`: invented, of a plausible
 * order, and no claim about any real site. `unverified`: nobody has read the
 * figure in that source yet. docs/story.md lists them all; a test compares the two.
 */
export type Figure = { readonly what: string; readonly value: string; readonly source: string };

const ILLUSTRATIVE = 'illustrative';
const OLIVETTI =
  'Olivetti, Ceder, Gaustad, Fu: Lithium-Ion Battery Supply Chain Considerations, Joule 1 (2017), after Argonne BatPaC (unverified: from general knowledge; the ratios agree with the formula)';
const ATOMIC_WEIGHTS = 'stoichiometry, IUPAC standard atomic weights';
const ALBEMARLE = 'Albemarle, Salar de Atacama: brine is concentrated to 6 % lithium';
const BALAMA = 'IOM3 Materials World, Aug 2019: Balama reserve, 113 Mt at 16.46 % total graphitic carbon';
const BALAMA_CONCENTRATE = 'Modern Mining, Sept 2018: Balama concentrate at 95 % fixed carbon';
const LIMONITE =
  'Kompas, 28 Nov 2020: limonite for Indonesian HPAL at 1.25 % Ni and 0.13 % Co (the article has the two the other way round)';
const MHP = 'Harita Nickel, July 2024: mixed hydroxide precipitate of about 40 % Ni and 4–5 % Co';
const KALAHARI = 'Resources Corner, Mar 2021: Mamatwan-type ore of the Kalahari field, 20–40 % Mn';
const HYDROXIDE = 'Fastmarkets: cobalt hydroxide, minimum 30 % Co, cif China (dry)';
const RECOVERY_TARGETS = 'Regulation (EU) 2023/1542: recovery targets for the end of 2031';

const figure = (what: string, value: string, source: string = ILLUSTRATIVE): Figure => ({
  what,
  value,
  source,
});

export const figures = {
  packEnergy: figure('Energy of a pack', '60 kWh'),
  packMass: figure('Mass of a pack', '400 kg'),
  packCells: figure('Mass of the cells in a pack', '240 kg'),
  packsPerBatch: figure('Packs that one batch of cells is enough for', '110'),
  packLi: figure('Lithium in NMC-622, per kWh', '0.126 kg', OLIVETTI),
  packMn: figure('Manganese in NMC-622, per kWh', '0.200 kg', OLIVETTI),
  packCo: figure('Cobalt in NMC-622, per kWh', '0.214 kg', OLIVETTI),
  packNi: figure('Nickel in NMC-622, per kWh', '0.641 kg', OLIVETTI),
  packGraphite: figure('Graphite in the anode, per kWh', '1.2 kg', OLIVETTI),
  packNaturalGraphite: figure('Share of it that is natural, not synthetic', '50 %'),

  precursorNi: figure('Nickel in Ni0.6Mn0.2Co0.2(OH)2', '38.28 %', ATOMIC_WEIGHTS),
  precursorMn: figure('Manganese in Ni0.6Mn0.2Co0.2(OH)2', '11.94 %', ATOMIC_WEIGHTS),
  precursorCo: figure('Cobalt in Ni0.6Mn0.2Co0.2(OH)2', '12.81 %', ATOMIC_WEIGHTS),
  precursorYield: figure('Metals that reach the precursor', '98 %'),
  precursorBatch: figure('A batch of precursor', '12 t'),
  cathodeLi: figure('Lithium in LiNi0.6Mn0.2Co0.2O2', '7.16 %', ATOMIC_WEIGHTS),
  cathodeNi: figure('Nickel in LiNi0.6Mn0.2Co0.2O2', '36.33 %', ATOMIC_WEIGHTS),
  cathodeMn: figure('Manganese in LiNi0.6Mn0.2Co0.2O2', '11.33 %', ATOMIC_WEIGHTS),
  cathodeCo: figure('Cobalt in LiNi0.6Mn0.2Co0.2O2', '12.16 %', ATOMIC_WEIGHTS),
  cathodeBatch: figure('Cathode material from a batch of precursor', '12.3 t'),
  cathodeLithium: figure('Lithium put in for a batch, 3 % in excess', '907 kg'),
  scrapLot: figure('Electrode scrap of a batch of cells, with its foils', '1.2 t'),
  cellScrap: figure('Cathode material that ends as electrode scrap', '4 %'),
  cellGraphite: figure('Natural graphite put in for a batch of cells', '4.2 t'),

  cobaltSulphate: figure('Cobalt in CoSO4·7H2O', '20.96 %', ATOMIC_WEIGHTS),
  nickelSulphate: figure('Nickel in NiSO4·6H2O', '22.33 %', ATOMIC_WEIGHTS),
  manganeseSulphate: figure('Manganese in MnSO4·H2O', '32.50 %', ATOMIC_WEIGHTS),
  lithiumCarbonate: figure('Lithium in Li2CO3', '18.79 %', ATOMIC_WEIGHTS),
  lithiumHydroxide: figure('Lithium in LiOH·H2O', '16.54 %', ATOMIC_WEIGHTS),
  spodumeneConcentrate: figure('Lithium in concentrate of 6 % Li2O', '2.79 %', ATOMIC_WEIGHTS),

  kolweziOre: figure('Copper-cobalt ore dug at Kolwezi', '2000 t'),
  kolweziCo: figure('Cobalt in that ore', '1.5 %'),
  kolweziCu: figure('Copper in that ore', '3 %'),
  artisanalBag: figure('A bag of artisanal heterogenite', '50 kg'),
  artisanalCo: figure('Cobalt in artisanal heterogenite', '6 %'),
  hydroxideCo: figure('Cobalt in cobalt hydroxide, dry', '30 %', HYDROXIDE),
  hydroxideMoisture: figure('Moisture of cobalt hydroxide as shipped', '50 %'),
  hydroxideLot: figure('A truckload of cobalt hydroxide, wet', '25 t'),
  hydrometCo: figure('Cobalt that the hydrometallurgical plant recovers', '80 %'),
  hydrometCu: figure('Copper that it recovers', '90 %'),
  copperCathode: figure(
    'Copper in a cathode',
    '99.99 %',
    'LME grade A copper, at least 99.9935 % Cu, rounded down',
  ),
  shortWeight: figure('What one truckload lacks on arrival in China', '1.6 %'),
  cobaltRefining: figure('Cobalt that a refinery recovers', '97 %'),
  nickelRefining: figure('Nickel that a refinery recovers', '96 %'),
  openingStock: figure('Stock that the refinery in China declares as it joins', '20 t'),

  atacamaBrine: figure('Concentrated brine taken from the ponds', '100 t'),
  atacamaLi: figure('Lithium in concentrated brine', '6 %', ALBEMARLE),
  carbonateYield: figure('Lithium that the carbonate plant recovers', '85 %'),
  spodumeneOre: figure('Pegmatite dug in Western Australia', '300 t'),
  spodumeneLi: figure('Lithium in that ore (1.3 % Li2O)', '0.6 %'),
  spodumeneYield: figure('Lithium that the concentrator recovers', '75 %'),
  hydroxideYield: figure('Lithium that the hydroxide refinery recovers', '85 %'),

  sotkamoOre: figure('Nickel ore heaped in Sotkamo', '5000 t'),
  sotkamoNi: figure('Nickel in that ore', '0.25 %'),
  sotkamoYield: figure('Nickel that leaching and refining recover', '85 %'),
  sulawesiOre: figure('Limonite dug in Central Sulawesi', '1500 t'),
  sulawesiNi: figure('Nickel in limonite', '1.25 %', LIMONITE),
  sulawesiCo: figure('Cobalt in limonite', '0.13 %', LIMONITE),
  hpalYield: figure('Nickel and cobalt that high-pressure leaching recovers', '90 %'),
  mhpNi: figure('Nickel in mixed hydroxide precipitate, dry', '40 %', MHP),
  mhpCo: figure('Cobalt in mixed hydroxide precipitate, dry', '4.1 %', MHP),
  mhpMoisture: figure('Moisture of mixed hydroxide precipitate as shipped', '40 %'),
  kalahariOre: figure('Manganese ore dug near Hotazel', '100 t'),
  kalahariMn: figure('Manganese in that ore', '38 %', KALAHARI),
  manganeseYield: figure('Manganese that the sulphate plant recovers', '90 %'),

  balamaOre: figure('Graphite ore dug at Balama', '250 t'),
  balamaGraphite: figure('Graphitic carbon in that ore', '16.46 %', BALAMA),
  flotationYield: figure('Graphite that flotation recovers', '85 %'),
  flakeCarbon: figure('Carbon in flake concentrate', '95 %', BALAMA_CONCENTRATE),
  anodeYield: figure('Flake that becomes spherical, coated anode material', '50 %'),
  anodeCarbon: figure('Natural graphite in anode material', '95 %'),

  spentModules: figure('Spent modules collected in Germany', '40 t'),
  spentEnergy: figure('Energy of spent modules when new, per kilogram', '0.15 kWh'),
  blackMassShare: figure('Black mass from spent modules or scrap', '40 %'),
  recycledCo: figure('Cobalt recovered from waste batteries', '95 %', RECOVERY_TARGETS),
  recycledNi: figure('Nickel recovered from waste batteries', '95 %', RECOVERY_TARGETS),
  recycledLi: figure('Lithium recovered from waste batteries', '80 %', RECOVERY_TARGETS),
  recycledMn: figure('Manganese recovered from waste batteries', '95 %'),
} as const;

export type FigureName = keyof typeof figures;
