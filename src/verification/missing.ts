import type { Hex } from '../protocol/hex.ts';
import { ZERO_BYTES32 } from '../protocol/hex.ts';
import type { History } from '../provenance/history.ts';
import type { Certificate } from './certificate.ts';
import type { Facts } from './facts.ts';
import { shortId, siteLabel, unique } from './finding.ts';
import type { Verification } from './verify.ts';

type Missing = Certificate['missing'][number];

/** What would say more and that nobody has shown: records that the history lacks, documents of sites, parties, legs. */
export function missingIn(history: History, { facts, problems }: Verification): Missing[] {
  const records = problems.map(({ subject, detail }): Missing => ({ what: 'record', subject, detail }));
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
    .map((facility) => ({
      what: 'site-document',
      subject: facility.id,
      detail: `The operator of ${siteLabel(history, facility)} shows nothing more of it${named(facility.evidence)}.`,
    }));
}

function partyDocuments(facts: Facts): Missing[] {
  const parties = [
    ...facts.uses.map(({ production }) => production.custodian),
    ...facts.legs.flatMap(({ leg }) => [leg.consignor, leg.consignee]),
    facts.history.state.custodian,
  ];
  return unique(parties)
    .filter((party) => !isShown(facts.history, facts.history.parties.get(party)?.evidence ?? ZERO_BYTES32))
    .map((party) => ({
      what: 'party-document',
      subject: party,
      detail: `Who party ${shortId(party)} is, nobody has shown.`,
    }));
}

function dispatchDocuments(history: History, facts: Facts): Missing[] {
  const legs = facts.steps.legs.filter(({ leg }) => !isShown(history, leg.evidence));
  return [...new Map(legs.map(({ leg }) => [leg.dispatch, leg.evidence]))].map(([dispatch, root]) => ({
    what: 'dispatch-document',
    subject: dispatch,
    detail: `The consignor shows nothing more of dispatch ${shortId(dispatch)}${named(root)}.`,
  }));
}

function isShown(history: History, root: Hex): boolean {
  return history.disclosed.has(root);
}

function named(root: Hex): string {
  return root === ZERO_BYTES32 ? '; the statement names no document' : '';
}
