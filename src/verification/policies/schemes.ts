import type { AcceptedScheme } from '../policy.ts';

const tin = 50;
const tantalum = 73;
const tungsten = 74;
const gold = 79;
const cobalt = 27;

const copperMark: AcceptedScheme = {
  names: ['Copper Mark', 'Copper Mark RRA', 'The Copper Mark'],
  materials: null,
  source:
    'The Copper Mark, Risk Readiness Assessment v3.0; that it is accepted here for any material is our choice',
  unverified: true,
};

/** Schemes that audit the due diligence of smelters and refiners. */
export const smelterSchemes: AcceptedScheme[] = [
  {
    names: ['RMAP', 'Responsible Minerals Assurance Process'],
    materials: null,
    source:
      'Responsible Minerals Initiative, RMAP: smelters and refiners, yearly, every three years at low risk',
  },
  {
    names: ['LBMA', 'LBMA Responsible Gold Guidance'],
    materials: [gold],
    source: 'LBMA (gold)',
  },
  copperMark,
];

/** Schemes that assess mines on site. */
export const mineSchemes: AcceptedScheme[] = [
  {
    names: ['IRMA', 'IRMA Standard for Responsible Mining'],
    materials: null,
    source: 'IRMA Standard for Responsible Mining v1.0 (2018)',
  },
  {
    names: ['ITSCI'],
    materials: [cobalt, tin, tantalum, tungsten, gold],
    source: 'ITSCI: artisanal tin, tantalum, tungsten, gold and cobalt',
  },
  {
    names: ['Better Mining'],
    materials: [cobalt, tin, tantalum, tungsten, gold],
    source: 'Better Mining: artisanal tin, tantalum, tungsten, gold and cobalt',
  },
  copperMark,
];

/** Schemes that follow material on its way. */
export const chainSchemes: AcceptedScheme[] = [
  {
    names: ['IRMA Chain of Custody'],
    materials: null,
    source: 'IRMA Chain of Custody v1.0 (2024)',
  },
];
