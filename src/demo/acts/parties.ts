import { parseMass } from '../../protocol/mass.ts';
import { findMaterial } from '../../protocol/materials.ts';
import { type Book, STORY_DAYS } from '../book.ts';
import { accreditations, personaNames, personas } from '../personas.ts';
import { type SiteName, siteNames } from '../sites.ts';

/** Who may act: the registrar admits, the accreditor accredits. */
export function admissions(book: Book): void {
  personaNames.forEach((persona, index) => {
    const { legalName, country } = personas[persona];
    const fields = { legalName, country, gln: demoGln(index + 1) };
    book.act(`admit ${persona}`, { kind: 'admit', party: book.address(persona) }, { fields });
  });
  for (const [auditor, scheme] of accreditations) {
    const fields = { scheme, decision: 'Accredited after a witnessed audit (invented)' };
    book.act(
      `accredit ${auditor} ${scheme}`,
      { kind: 'accredit', auditor: book.address(auditor), scheme },
      { fields },
    );
  }
}

/** Sites exist once their operators register them. */
export function registrations(book: Book): void {
  for (const site of siteNames) book.register(site);
}

/**
 * What may originate at a site in a year: illustrative, of the order of a site of that kind.
 * Site, material, recycled, a year's mass, and the paper that the registrar saw.
 */
const quotas: readonly (readonly [SiteName, string, boolean, string, string])[] = [
  ['kalengaMine', 'Co', false, '4000 t', 'Mining licence PE 00001 (invented), capacity review'],
  ['kalengaMine', 'Cu', false, '60000 t', 'Mining licence PE 00001 (invented), capacity review'],
  ['umojaMine', 'Co', false, '60 t', 'Count of diggers and shafts, Better Mining site record (invented)'],
  ['atacamaPonds', 'Li', false, '9000 t', 'Extraction contract, brine balance (invented)'],
  ['yilgarnMine', 'Li', false, '4000 t', 'Mining lease M 77/0000 (invented)'],
  ['kainuuMine', 'Ni', false, '12000 t', 'Mining concession (invented)'],
  ['sulawesiMine', 'Ni', false, '20000 t', 'IUP and RKAB approval (invented)'],
  ['sulawesiMine', 'Co', false, '2000 t', 'IUP and RKAB approval (invented)'],
  ['kalahariMine', 'Mn', false, '90000 t', 'Mining right NC 0000 (invented)'],
  ['lurioMine', 'graphite', false, '50000 t', 'Mining concession 0000C (invented)'],
  ['rheinRecycling', 'Li', true, '60 t', 'Waste permit, yearly throughput (invented)'],
  ['rheinRecycling', 'Mn', true, '90 t', 'Waste permit, yearly throughput (invented)'],
  ['rheinRecycling', 'Co', true, '90 t', 'Waste permit, yearly throughput (invented)'],
  ['rheinRecycling', 'Ni', true, '280 t', 'Waste permit, yearly throughput (invented)'],
];

/** The registrar's grants, for every year that the story touches: it may begin in one year and end in the next. */
export function grants(book: Book): void {
  const first = new Date(book.time(STORY_DAYS) * 1000).getUTCFullYear();
  const last = new Date(book.time(0) * 1000).getUTCFullYear();
  for (let year = first; year <= last; year += 1) {
    for (const [site, symbol, recycled, mass, capacity] of quotas) {
      const material = findMaterial(symbol)?.id ?? 0;
      const grant = { facility: book.facility(site), material, recycled, year, milligrams: parseMass(mass) };
      book.act(`grant ${site} ${symbol} ${year}`, { kind: 'grant', ...grant }, { fields: { capacity } });
    }
  }
}

/** A trader that bought bags without tags, and was found out: it can send nothing any more. */
export function suspension(book: Book): void {
  const fields = {
    reason: 'Bags of an unregistered pit offered under the tags of a registered one (invented)',
  };
  book.act('suspend comptoir', { kind: 'suspend', party: book.address('comptoir') }, { fields });
}

/** A Global Location Number under 952, which GS1 keeps for examples. */
function demoGln(number: number): string {
  const digits = `952${String(number).padStart(9, '0')}`;
  return digits + checkDigit(digits);
}

/** GS1's check digit: weights 3 and 1 from the right. */
export function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
