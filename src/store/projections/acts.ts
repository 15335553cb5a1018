import type { LedgerEvent } from '../../chain/events.ts';
import type { Batch } from '../adding/batch.ts';
import { bytes, text } from '../values.ts';
import { type Place, placeColumns } from './projection.ts';

/** An act that no party signs, and where it is recorded. */
export type RecordedAct = {
  readonly place: Place;
  readonly act: Exclude<LedgerEvent, { kind: 'statement' }>;
};

/** Inserts what one block's acts say. What stands now is the last act on its subject. */
export function insertActs(batch: Batch, recorded: readonly RecordedAct[]): void {
  batch.insert('party_act', recorded.flatMap(partyRows));
  batch.insert('accreditation_act', recorded.flatMap(accreditationRows));
  batch.insert('quota_grant', recorded.flatMap(quotaRows));
  batch.insert('key_proposal', recorded.flatMap(proposalRows));
  batch.insert('key_completion', recorded.flatMap(completionRows));
}

function partyRows({ place, act }: RecordedAct) {
  if (act.kind !== 'party') return [];
  return [{ ...placeColumns(place), party: bytes(act.party), act: act.act, evidence: bytes(act.evidence) }];
}

function accreditationRows({ place, act }: RecordedAct) {
  if (act.kind !== 'accreditation') return [];
  return [
    {
      ...placeColumns(place),
      auditor: bytes(act.auditor),
      scheme: text(act.scheme),
      act: act.act,
      evidence: bytes(act.evidence),
    },
  ];
}

function quotaRows({ place, act }: RecordedAct) {
  if (act.kind !== 'quota') return [];
  return [
    {
      ...placeColumns(place),
      facility: bytes(act.facility),
      material: act.material,
      recycled: act.recycled,
      year: act.year,
      milligrams: act.milligrams,
      evidence: bytes(act.evidence),
    },
  ];
}

function proposalRows({ place, act }: RecordedAct) {
  if (act.kind !== 'key' || act.act !== 'propose') return [];
  return [
    {
      ...placeColumns(place),
      party: bytes(act.party),
      key: bytes(act.key),
      effective_at: act.effectiveAt,
      evidence: bytes(act.evidence),
    },
  ];
}

function completionRows({ place, act }: RecordedAct) {
  if (act.kind !== 'key' || act.act !== 'complete') return [];
  return [{ ...placeColumns(place), party: bytes(act.party), key: bytes(act.key), number: act.number }];
}
