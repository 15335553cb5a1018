import { keccak256, toUtf8Bytes } from 'ethers';
import { Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../protocol/hex.ts';

/** Everyone can derive the story's keys from this phrase. Never use them for anything real. */
const PUBLIC_PHRASE = 'lodebook demo story: public keys, never for real use';

/**
 * Who acts in the story. Every organisation is invented; places are real. GLNs begin with 952, which GS1 keeps for
 * examples.
 */
export const personas = {
  kalenga: { legalName: 'Kalenga Mining SA (invented)', country: 'CD' },
  umoja: { legalName: 'Coopérative minière Umoja wa Kazi (invented)', country: 'CD' },
  comptoir: { legalName: 'Comptoir Mwangaza SARL (invented)', country: 'CD' },
  lufira: { legalName: 'Lufira Hydromet SA (invented)', country: 'CD' },
  umgeni: { legalName: 'Umgeni Forwarding (Pty) Ltd (invented)', country: 'ZA' },
  perameri: { legalName: 'Perämeri Refining Oy (invented)', country: 'FI' },
  xinan: { legalName: 'Xin’an River Cobalt Co., Ltd (invented)', country: 'CN' },
  atacama: { legalName: 'Salar Claro Litio SpA (invented)', country: 'CL' },
  yilgarn: { legalName: 'Yilgarn Spodumene Pty Ltd (invented)', country: 'AU' },
  swan: { legalName: 'Swan Estuary Lithium Pty Ltd (invented)', country: 'AU' },
  kainuu: { legalName: 'Kainuun Nikkeli Oy (invented)', country: 'FI' },
  sulawesi: { legalName: 'PT Laterit Bahodopi (invented)', country: 'ID' },
  kalahari: { legalName: 'Kalahari Manganese (Pty) Ltd (invented)', country: 'ZA' },
  lurio: { legalName: 'Lúrio Grafite SA (invented)', country: 'MZ' },
  bothnia: { legalName: 'Bothnia Anode AB (invented)', country: 'SE' },
  rhein: { legalName: 'Rhein-Kreislauf GmbH (invented)', country: 'DE' },
  kymi: { legalName: 'Kymi Precursor Oy (invented)', country: 'FI' },
  taihu: { legalName: 'Taihu Precursor Co., Ltd (invented)', country: 'CN' },
  odra: { legalName: 'Odra Cathode Materials Sp. z o.o. (invented)', country: 'PL' },
  tisza: { legalName: 'Tisza Cell Kft. (invented)', country: 'HU' },
  neckar: { legalName: 'Neckar Pack Systems GmbH (invented)', country: 'DE' },
  meridian: { legalName: 'Meridian Assurance Ltd (invented), smelter audits', country: 'GB' },
  openpit: { legalName: 'Open Pit Review BV (invented), mine audits', country: 'NL' },
  fieldwork: { legalName: 'Great Lakes Fieldwork Ltd (invented), artisanal sites', country: 'RW' },
  cuprum: { legalName: 'Cuprum Assurance SpA (invented), copper sites', country: 'CL' },
} as const;

export type PersonaName = keyof typeof personas;
export const personaNames = Object.keys(personas) as PersonaName[];

/**
 * Keys that sign for a persona beside its first one: delegates, and a key that takes the place of another. Derived from
 * the same phrase.
 */
export const otherKeys = {
  'umoja/phone': 'The telephone of the co-operative’s buying counter',
  'tisza/logger': 'A temperature logger in the lorries of the cell plant',
  'perameri/second': 'The refinery’s key, after it replaced its first one',
} as const;

export type KeyName = PersonaName | keyof typeof otherKeys;

/** Who may attest under which scheme. */
export const accreditations: readonly (readonly [PersonaName, string])[] = [
  ['meridian', 'RMAP'],
  ['openpit', 'IRMA'],
  ['fieldwork', 'Better Mining'],
  ['fieldwork', 'ITSCI'],
  ['cuprum', 'Copper Mark'],
];

/** A key of the story, from the public phrase. */
export function walletOf(key: KeyName): Wallet {
  return new Wallet(digestOf(`key/${key}`));
}

/** A salt that a second run finds again. Whoever knows the phrase can guess hidden values: it is a demonstration. */
export function saltOf(document: string, path: string): Hex {
  return digestOf(`salt/${document}/${path}`);
}

/** The digest of a document that does not exist, for `documents[i].sha256`. */
export function inventedDigest(document: string): string {
  return digestOf(`document/${document}`).slice(2);
}

function digestOf(what: string): Hex {
  return hex(keccak256(toUtf8Bytes(`${PUBLIC_PHRASE}/${what}`)));
}
