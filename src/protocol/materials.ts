/** A material that the ledger tracks: 1–118 is the element of that atomic number, 128 and up a mineral. */
export type Material = { id: number; symbol: string; name: string };

// Names and symbols: IUPAC periodic table, in the order of atomic numbers.
const ELEMENTS =
  'H Hydrogen,He Helium,Li Lithium,Be Beryllium,B Boron,C Carbon,N Nitrogen,O Oxygen,F Fluorine,Ne Neon,' +
  'Na Sodium,Mg Magnesium,Al Aluminium,Si Silicon,P Phosphorus,S Sulfur,Cl Chlorine,Ar Argon,K Potassium,Ca Calcium,' +
  'Sc Scandium,Ti Titanium,V Vanadium,Cr Chromium,Mn Manganese,Fe Iron,Co Cobalt,Ni Nickel,Cu Copper,Zn Zinc,' +
  'Ga Gallium,Ge Germanium,As Arsenic,Se Selenium,Br Bromine,Kr Krypton,Rb Rubidium,Sr Strontium,Y Yttrium,Zr Zirconium,' +
  'Nb Niobium,Mo Molybdenum,Tc Technetium,Ru Ruthenium,Rh Rhodium,Pd Palladium,Ag Silver,Cd Cadmium,In Indium,Sn Tin,' +
  'Sb Antimony,Te Tellurium,I Iodine,Xe Xenon,Cs Caesium,Ba Barium,La Lanthanum,Ce Cerium,Pr Praseodymium,Nd Neodymium,' +
  'Pm Promethium,Sm Samarium,Eu Europium,Gd Gadolinium,Tb Terbium,Dy Dysprosium,Ho Holmium,Er Erbium,Tm Thulium,' +
  'Yb Ytterbium,Lu Lutetium,Hf Hafnium,Ta Tantalum,W Tungsten,Re Rhenium,Os Osmium,Ir Iridium,Pt Platinum,Au Gold,' +
  'Hg Mercury,Tl Thallium,Pb Lead,Bi Bismuth,Po Polonium,At Astatine,Rn Radon,Fr Francium,Ra Radium,Ac Actinium,' +
  'Th Thorium,Pa Protactinium,U Uranium,Np Neptunium,Pu Plutonium,Am Americium,Cm Curium,Bk Berkelium,Cf Californium,' +
  'Es Einsteinium,Fm Fermium,Md Mendelevium,No Nobelium,Lr Lawrencium,Rf Rutherfordium,Db Dubnium,Sg Seaborgium,' +
  'Bh Bohrium,Hs Hassium,Mt Meitnerium,Ds Darmstadtium,Rg Roentgenium,Cn Copernicium,Nh Nihonium,Fl Flerovium,' +
  'Mc Moscovium,Lv Livermorium,Ts Tennessine,Og Oganesson';

const MINERALS: Material[] = [
  { id: 128, symbol: 'graphite', name: 'Natural graphite' },
  { id: 129, symbol: 'mica', name: 'Mica' },
  { id: 130, symbol: 'fluorspar', name: 'Fluorspar' },
  { id: 131, symbol: 'phosphate-rock', name: 'Phosphate rock' },
  { id: 132, symbol: 'feldspar', name: 'Feldspar' },
  { id: 133, symbol: 'baryte', name: 'Baryte' },
  { id: 134, symbol: 'coking-coal', name: 'Coking coal' },
];

/** Every material, by ascending id. */
export const materials: readonly Material[] = [
  ...ELEMENTS.split(',').map((entry, index) => {
    const [symbol = '', name = ''] = entry.split(' ');
    return { id: index + 1, symbol, name };
  }),
  ...MINERALS,
];

const byId = new Map(materials.map((material) => [material.id, material]));
const byText = new Map(
  materials.flatMap((material) => [
    [material.symbol.toLowerCase(), material],
    [material.name.toLowerCase(), material],
  ]),
);

/** The material with that id. Minerals above the table, which the contract accepts, are named by their number. */
export function materialOf(id: number): Material {
  return byId.get(id) ?? { id, symbol: `mineral-${id}`, name: `Mineral ${id}` };
}

/** The material that a person means by a symbol, a name or an id ("Co", "cobalt", "27"); undefined if none. */
export function findMaterial(text: string): Material | undefined {
  const wanted = text.trim().toLowerCase();
  return byText.get(wanted) ?? byId.get(Number(wanted));
}

/** Whether the contract takes that number as a material. */
export function isMaterialId(id: number): boolean {
  return Number.isInteger(id) && ((id >= 1 && id <= 118) || (id >= 128 && id <= 255));
}
