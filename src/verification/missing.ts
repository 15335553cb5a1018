import type { Hex } from '../protocol/hex.ts';
import { ZERO_BYTES32 } from '../protocol/hex.ts';
import type { History } from '../provenance/history.ts';
import type { Certificate } from './certificate.ts';
import type { Facts } from './facts.ts';
import { siteLabel, unique } from './finding.ts';
import type { Verification } from './verify.ts';
import { english } from './wording/english.ts';
import type { Phrase } from './wording/phrase.ts';
import { say } from './wording/say.ts';

type Missing = Certificate['missing'][number];

/** What would say more and that nobody has shown: records that the history lacks, documents of sites, parties, legs. */
export function missingIn(history: History, { facts, problems }: Verification): Missing[] {
  const records = problems.map(
    ({ subject, detail }): Missing => ({ what: 'record', subject, detail, wording: null }),
  );
  if (!facts) return records;
  return [
    ...records,
    ...siteDocuments(facts),
    ...partyDocuments(facts),
    ...dispatchDocuments(history, facts),
  ];
}

function siteDocuments(facts: Facts): Missing[] {
  const { history } = facts;
  const used = [
    ...facts.uses.map(({ facility }) => facility),
    ...facts.legs.flatMap(({ from, to }) => [from, to]),
  ];
  return unique(used)
    .filter(({ evidence }) => !isShown(history, evidence))
    .map((facility) =>
      missing(
        'site-document',
        facility.id,
        say(isNamed(facility.evidence) ? 'missing.site' : 'missing.site-unnamed', {
          site: siteLabel(history, facility),
        }),
      ),
    );
}

function partyDocuments(facts: Facts): Missing[] {
  const parties = [
    ...facts.uses.map(({ production }) => production.custodian),
    ...facts.legs.flatMap(({ leg }) => [leg.consignor, leg.consignee]),
    facts.history.state.custodian,
  ];
  return unique(parties)
    .filter((party) => !isShown(facts.history, facts.history.parties.get(party)?.evidence ?? ZERO_BYTES32))
    .map((party) => missing('party-document', party, say('missing.party', { party: { id: party } })));
}

function dispatchDocuments(history: History, facts: Facts): Missing[] {
  const legs = facts.steps.legs.filter(({ leg }) => !isShown(history, leg.evidence));
  return [...new Map(legs.map(({ leg }) => [leg.dispatch, leg.evidence]))].map(([dispatch, root]) =>
    missing(
      'dispatch-document',
      dispatch,
      say(isNamed(root) ? 'missing.dispatch' : 'missing.dispatch-unnamed', { dispatch: { id: dispatch } }),
    ),
  );
}

function isShown(history: History, root: Hex): boolean {
  return history.disclosed.has(root);
}

function isNamed(root: Hex): boolean {
  return root !== ZERO_BYTES32;
}

function missing(what: Missing['what'], subject: Hex, wording: Phrase): Missing {
  return { what, subject, detail: english(wording), wording };
}
