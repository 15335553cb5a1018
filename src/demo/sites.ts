import type { FacilityKind } from '../protocol/codes.ts';
import type { PersonaName } from './personas.ts';

/** A site of the story: the place is real, to about a kilometre of its town; what stands there is invented. */
export type Site = {
  readonly operator: PersonaName;
  readonly name: string;
  readonly kind: FacilityKind;
  readonly country: string;
  /** ISO 3166-2 subdivision, where a rule of law or a list may name one. */
  readonly region: string;
  readonly coordinates: { readonly latitude: number; readonly longitude: number };
  /** Invented smelter number; the RMI's own run well below 900000. */
  readonly cid?: string;
  /** Its operator shows no coordinates: diggers are not put on a map. */
  readonly hidesCoordinates?: true;
};

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

export const sites = {
  kalengaMine: {
    operator: 'kalenga',
    name: 'Kalenga open pit, Kolwezi',
    kind: 'mine',
    country: 'CD',
    region: 'CD-LU',
    coordinates: at(-10.72, 25.42),
  },
  umojaMine: {
    operator: 'umoja',
    name: 'Umoja wa Kazi artisanal zone, Kolwezi',
    kind: 'artisanal-mine',
    country: 'CD',
    region: 'CD-LU',
    coordinates: at(-10.68, 25.53),
    hidesCoordinates: true,
  },
  lufiraPlant: {
    operator: 'lufira',
    name: 'Lufira hydrometallurgical plant, Kolwezi',
    kind: 'smelter-or-refiner',
    country: 'CD',
    region: 'CD-LU',
    coordinates: at(-10.78, 25.5),
    cid: 'CID900101',
  },
  umgeniStore: {
    operator: 'umgeni',
    name: 'Umgeni bonded store, Durban',
    kind: 'storage',
    country: 'ZA',
    region: 'ZA-KZN',
    coordinates: at(-29.88, 31.02),
  },
  perameriRefinery: {
    operator: 'perameri',
    name: 'Perämeri refinery, Kokkola',
    kind: 'smelter-or-refiner',
    country: 'FI',
    region: 'FI-07',
    coordinates: at(63.86, 23.05),
    cid: 'CID900102',
  },
  xinanRefinery: {
    operator: 'xinan',
    name: 'Xin’an River refinery, Quzhou',
    kind: 'smelter-or-refiner',
    country: 'CN',
    region: 'CN-ZJ',
    coordinates: at(28.9, 118.88),
    cid: 'CID900103',
  },
  atacamaPonds: {
    operator: 'atacama',
    name: 'Salar Claro ponds, Salar de Atacama',
    kind: 'mine',
    country: 'CL',
    region: 'CL-AN',
    coordinates: at(-23.5, -68.33),
  },
  atacamaPlant: {
    operator: 'atacama',
    name: 'Salar Claro carbonate plant, Antofagasta',
    kind: 'smelter-or-refiner',
    country: 'CL',
    region: 'CL-AN',
    coordinates: at(-23.75, -70.3),
    cid: 'CID900104',
  },
  yilgarnMine: {
    operator: 'yilgarn',
    name: 'Yilgarn pit, Western Australia',
    kind: 'mine',
    country: 'AU',
    region: 'AU-WA',
    coordinates: at(-31.63, 119.24),
  },
  yilgarnConcentrator: {
    operator: 'yilgarn',
    name: 'Yilgarn concentrator, Western Australia',
    kind: 'concentrator',
    country: 'AU',
    region: 'AU-WA',
    coordinates: at(-31.62, 119.26),
  },
  swanRefinery: {
    operator: 'swan',
    name: 'Swan Estuary hydroxide refinery, Kwinana',
    kind: 'smelter-or-refiner',
    country: 'AU',
    region: 'AU-WA',
    coordinates: at(-32.22, 115.78),
    cid: 'CID900105',
  },
  kainuuMine: {
    operator: 'kainuu',
    name: 'Kainuu open pit, Sotkamo',
    kind: 'mine',
    country: 'FI',
    region: 'FI-05',
    coordinates: at(63.98, 28.03),
  },
  kainuuPlant: {
    operator: 'kainuu',
    name: 'Kainuu leaching and sulphate plant, Sotkamo',
    kind: 'smelter-or-refiner',
    country: 'FI',
    region: 'FI-05',
    coordinates: at(63.99, 28.01),
    cid: 'CID900106',
  },
  sulawesiMine: {
    operator: 'sulawesi',
    name: 'Bahodopi limonite pit, Central Sulawesi',
    kind: 'mine',
    country: 'ID',
    region: 'ID-ST',
    coordinates: at(-2.83, 122.05),
  },
  sulawesiPlant: {
    operator: 'sulawesi',
    name: 'Bahodopi acid leaching plant, Central Sulawesi',
    kind: 'smelter-or-refiner',
    country: 'ID',
    region: 'ID-ST',
    coordinates: at(-2.82, 122.15),
    cid: 'CID900107',
  },
  kalahariMine: {
    operator: 'kalahari',
    name: 'Kalahari manganese mine, Hotazel',
    kind: 'mine',
    country: 'ZA',
    region: 'ZA-NC',
    coordinates: at(-27.21, 22.95),
  },
  kalahariPlant: {
    operator: 'kalahari',
    name: 'Kalahari sulphate plant, Mbombela',
    kind: 'smelter-or-refiner',
    country: 'ZA',
    region: 'ZA-MP',
    coordinates: at(-25.47, 30.98),
    cid: 'CID900108',
  },
  lurioMine: {
    operator: 'lurio',
    name: 'Lúrio graphite pit, Balama',
    kind: 'mine',
    country: 'MZ',
    region: 'MZ-P',
    coordinates: at(-13.31, 38.66),
  },
  lurioConcentrator: {
    operator: 'lurio',
    name: 'Lúrio flotation plant, Balama',
    kind: 'concentrator',
    country: 'MZ',
    region: 'MZ-P',
    coordinates: at(-13.33, 38.64),
  },
  bothniaPlant: {
    operator: 'bothnia',
    name: 'Bothnia anode plant, Sundsvall',
    kind: 'manufacturer',
    country: 'SE',
    region: 'SE-Y',
    coordinates: at(62.43, 17.36),
  },
  rheinRecycling: {
    operator: 'rhein',
    name: 'Rhein-Kreislauf recycling plant, Krefeld',
    kind: 'recycler',
    country: 'DE',
    region: 'DE-NW',
    coordinates: at(51.34, 6.63),
  },
  kymiPlant: {
    operator: 'kymi',
    name: 'Kymi precursor plant, Hamina',
    kind: 'manufacturer',
    country: 'FI',
    region: 'FI-09',
    coordinates: at(60.54, 27.18),
  },
  taihuPlant: {
    operator: 'taihu',
    name: 'Taihu precursor plant, Wuxi',
    kind: 'manufacturer',
    country: 'CN',
    region: 'CN-JS',
    coordinates: at(31.52, 120.35),
  },
  odraPlant: {
    operator: 'odra',
    name: 'Odra cathode plant, Nysa',
    kind: 'manufacturer',
    country: 'PL',
    region: 'PL-16',
    coordinates: at(50.47, 17.36),
  },
  tiszaPlant: {
    operator: 'tisza',
    name: 'Tisza cell plant, Debrecen',
    kind: 'manufacturer',
    country: 'HU',
    region: 'HU-HB',
    coordinates: at(47.48, 21.6),
  },
  neckarPlant: {
    operator: 'neckar',
    name: 'Neckar pack plant, Heilbronn',
    kind: 'manufacturer',
    country: 'DE',
    region: 'DE-BW',
    coordinates: at(49.16, 9.2),
  },
} as const satisfies Record<string, Site>;

export type SiteName = keyof typeof sites;
export const siteNames = Object.keys(sites) as SiteName[];
