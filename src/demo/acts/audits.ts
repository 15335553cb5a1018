import { type Hex, partySubject } from '../../protocol/hex.ts';
import type { Book } from '../book.ts';
import { inventedDigest, type PersonaName } from '../personas.ts';
import type { SiteName } from '../sites.ts';

/** An audit that is in force through the whole story. */
const AUDITED_DAYS_AGO = 300;
const UNTIL_DAYS_AGO = -65;

/** Site, scheme, auditor: conformant, in force. */
const conformant: readonly (readonly [SiteName, string, PersonaName])[] = [
  ['kalengaMine', 'Copper Mark', 'cuprum'],
  ['kalengaMine', 'IRMA', 'openpit'],
  ['umojaMine', 'Better Mining', 'fieldwork'],
  ['atacamaPonds', 'IRMA', 'openpit'],
  ['yilgarnMine', 'IRMA', 'openpit'],
  ['kainuuMine', 'IRMA', 'openpit'],
  ['sulawesiMine', 'IRMA', 'openpit'],
  ['kalahariMine', 'IRMA', 'openpit'],
  ['lurioMine', 'IRMA', 'openpit'],
  ['lufiraPlant', 'RMAP', 'meridian'],
  ['perameriRefinery', 'RMAP', 'meridian'],
  ['kainuuPlant', 'RMAP', 'meridian'],
  ['atacamaPlant', 'RMAP', 'meridian'],
  ['kalahariPlant', 'RMAP', 'meridian'],
  ['sulawesiPlant', 'RMAP', 'meridian'],
  ['bothniaPlant', 'RMAP', 'meridian'],
  ['rheinRecycling', 'RMAP', 'meridian'],
];

/** What auditors say before the material moves. */
export function siteAudits(book: Book): void {
  for (const [site, scheme, auditor] of conformant) {
    const name = `${scheme} ${site}`;
    const standard = {
      'documents[0].sha256': inventedDigest(name),
      visit: 'On site, two auditors (invented)',
    };
    book.attest(book.facility(site), {
      name,
      auditor,
      scheme,
      outcome: 'conformant',
      fromDaysAgo: AUDITED_DAYS_AGO,
      untilDaysAgo: UNTIL_DAYS_AGO,
      papers: { fields: standard, hidden: ['visit'] },
    });
  }
  lapsedAudit(book);
  openNonConformance(book);
  closedAlert(book);
}

/** Its certificate ended five days before the refinery in Australia made the lot for pack C. */
function lapsedAudit(book: Book): void {
  book.attest(book.facility('swanRefinery'), {
    name: 'RMAP swanRefinery, lapsed',
    auditor: 'meridian',
    scheme: 'RMAP',
    outcome: 'conformant',
    fromDaysAgo: 440,
    untilDaysAgo: 75,
    papers: { fields: { 'documents[0].sha256': inventedDigest('RMAP swanRefinery, lapsed') } },
  });
}

/** Found at the refinery in China before either turn of its stock, and still open. */
function openNonConformance(book: Book): void {
  book.attest(book.facility('xinanRefinery'), {
    name: 'RMAP xinanRefinery, non-conformant',
    auditor: 'meridian',
    scheme: 'RMAP',
    outcome: 'non-conformant',
    fromDaysAgo: 70,
    untilDaysAgo: -295,
    papers: {
      fields: {
        finding: 'Origin of three deliveries not established; corrective action plan overdue (invented)',
        'documents[0].sha256': inventedDigest('RMAP xinanRefinery, non-conformant'),
      },
    },
  });
}

/** Raised at the artisanal site and closed by its author after a visit, between two buying days. */
function closedAlert(book: Book): void {
  const alert = book.attest(book.facility('umojaMine'), {
    name: 'Better Mining umojaMine, alert',
    auditor: 'fieldwork',
    scheme: 'Better Mining',
    outcome: 'alert',
    fromDaysAgo: 78.6,
    untilDaysAgo: -90,
    papers: { fields: { incident: 'Two diggers without helmets below ground; digging stopped (invented)' } },
  });
  book.revoke(alert, {
    name: 'Better Mining umojaMine, alert closed',
    author: 'fieldwork',
    daysAgo: 77.8,
    papers: { fields: { reason: 'Helmets handed out, shaft inspected, digging resumed (invented)' } },
  });
}

/** Said of a party and of single lots, beside what is said of sites. */
export function otherAttestations(book: Book, artisanalLot: Hex): void {
  book.attest(partySubject(book.address('lufira')), {
    name: 'RMAP lufira, management system',
    auditor: 'meridian',
    scheme: 'RMAP',
    outcome: 'conformant',
    fromDaysAgo: AUDITED_DAYS_AGO,
    untilDaysAgo: UNTIL_DAYS_AGO,
    papers: {
      fields: { scope: 'Due diligence management system, buying from artisanal co-operatives (invented)' },
    },
  });
  book.attest(artisanalLot, {
    name: 'Better Mining, tags counted',
    auditor: 'fieldwork',
    scheme: 'Better Mining',
    outcome: 'conformant',
    fromDaysAgo: 76.9,
    untilDaysAgo: UNTIL_DAYS_AGO,
    papers: { fields: { method: 'Tags and weights of all bags counted at the buying counter (invented)' } },
  });
}
