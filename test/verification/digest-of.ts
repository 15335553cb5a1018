import { processes } from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { flowOf } from '../../src/provenance/flow.ts';
import { ancestryOf } from '../../src/provenance/graph.ts';
import type { DisclosedFields, History, Leg } from '../../src/provenance/history.ts';
import { runKey } from '../../src/provenance/passages.ts';
import { passagesOfSummarised, type SummarisedLot } from '../../src/provenance/summary.ts';
import type { Digest, Events } from '../../src/verification/digest.ts';
import { foldAll } from '../provenance/fold.ts';

/** A whole history's digest, by folding it; `events` are all that there are. */
export function digestOf(history: History, withEvents = false): Digest {
  const { lot: own, productions } = ancestryOf(history, history.lot);
  const lot = foldAll(history, productions).get(history.lot) as SummarisedLot;
  const made = productions.filter(({ id }) => id === own.production);
  const ancestors = ancestorLots(history);
  const attested = history.attestations.filter(({ subject }) => ancestors.includes(subject as Hex));
  const { corrections } = passagesOfSummarised(lot);
  const known = new Set([history.lot, ...(withEvents ? attested.map(({ subject }) => subject) : [])]);
  return {
    history: {
      ...history,
      lots: new Map([...history.lots].filter(([id]) => known.has(id) || made[0]?.outputs.includes(id))),
      productions: new Map(made.map((one) => [one.id, one])),
      legs: new Map([[history.lot, history.legs.get(history.lot) ?? []]]),
      corrections: history.corrections.filter(({ id }) => corrections.some((one) => one.id === id)),
    },
    lot,
    shown: shownIn(history),
    adverseOnLots: attested.some(({ outcome }) => outcome !== 'conformant'),
    events: withEvents ? eventsIn(history) : null,
  };
}

/** Those that something of the lot came through. */
function ancestorLots(history: History): Hex[] {
  const { lots } = flowOf(history, ancestryOf(history, history.lot));
  return [...lots.keys()].filter((lot) => lot !== history.lot);
}

function shownIn(history: History): Digest['shown'] {
  const legs = ancestorLots(history).flatMap((lot) => history.legs.get(lot) ?? []);
  return new Map(
    [...Map.groupBy(legs, runKey)].map(([run, group]) => {
      const shown = new Map(
        group.map((leg) => [JSON.stringify(disclosedBy(history, leg)), disclosedBy(history, leg)]),
      );
      return [run, [...shown.values()]];
    }),
  );
}

function disclosedBy(history: History, leg: Leg): DisclosedFields | null {
  return history.disclosed.get(leg.evidence) ?? null;
}

/** What any of the documents discloses; null where none does. */
function allDisclosed(history: History, roots: readonly Hex[]): DisclosedFields | null {
  const shown = roots.flatMap((root) => Object.entries(history.disclosed.get(root) ?? {}));
  return shown.length === 0 ? null : Object.fromEntries(shown);
}

function eventsIn(history: History): Events {
  const ancestors = ancestorLots(history);
  const isAttested = (lot: Hex) => history.attestations.some(({ subject }) => subject === lot);
  return {
    uses: ancestryOf(history, history.lot).productions.map((one) => ({
      ...{ facility: one.facility, custodian: one.custodian, process: processes[one.process] },
      ...{ occurredAt: one.occurredAt, recordedAt: one.recordedAt },
      disclosed: allDisclosed(history, [
        one.evidence,
        ...one.outputs.flatMap((lot) => history.lots.get(lot)?.evidence ?? []),
      ]),
    })),
    legs: ancestors
      .flatMap((lot) => history.legs.get(lot) ?? [])
      .map(({ receipt, from, to, consignor, consignee, ...leg }) => ({
        ...{ from, to, consignor, consignee, occurredAt: leg.occurredAt, recordedAt: leg.recordedAt },
        lot: isAttested(leg.lot) ? leg.lot : null,
        disclosed: history.disclosed.get(leg.evidence) ?? null,
        receipt: receipt && {
          ...{ occurredAt: receipt.occurredAt, recordedAt: receipt.recordedAt },
          accepted: receipt.kind === 'accept',
        },
      })),
    attestedLots: ancestors.filter(isAttested),
  };
}
