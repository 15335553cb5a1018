import { countryOf } from '../protocol/countries.ts';
import type { Hex } from '../protocol/hex.ts';
import { materialOf } from '../protocol/materials.ts';
import type { History, LotNode } from '../provenance/history.ts';
import type {
  CertificateCountry,
  CertificateMaterial,
  CertificateParty,
  CertificateSite,
} from './certificate.ts';
import { disclosedIn } from './facts.ts';
import { unique } from './finding.ts';

/** A material with its names. */
export function materialView(id: number): CertificateMaterial {
  const { symbol, name } = materialOf(id);
  return { id, symbol, name };
}

/** A country with its names; a number that is not assigned keeps its number. */
export function countryView(numeric: number): CertificateCountry {
  const country = countryOf(numeric);
  return { numeric, alpha2: country?.alpha2 ?? null, name: country?.name ?? `Country ${numeric}` };
}

/** A site with what its evidence discloses; one that the history lacks has its id alone. */
export function siteView(history: History, id: Hex): CertificateSite {
  const facility = history.facilities.get(id);
  if (!facility) return { facility: id, name: null, kind: null, country: null, operator: null };
  const { kind, operator, evidence } = facility;
  return {
    facility: id,
    name: textIn(history, evidence, 'name'),
    kind,
    country: countryView(facility.country),
    operator,
  };
}

/** A party with the legal name that its evidence discloses. */
export function partyView(history: History, party: Hex): CertificateParty {
  const root = history.parties.get(party)?.evidence;
  return { party, legalName: root ? textIn(history, root, 'legalName') : null };
}

/** The lot's materials in words: "lithium, cobalt". */
export function lotMaterials(lot: LotNode): string {
  const names = unique(lot.content.map(({ material }) => materialOf(material).name.toLowerCase()));
  return names.length === 0 ? 'no tracked material' : names.join(', ');
}

function textIn(history: History, root: Hex, path: string): string | null {
  const value = disclosedIn(history, root)[path];
  return typeof value === 'string' && value !== '' ? value : null;
}
