import {
  custodyModels,
  facilityKinds,
  outcomes,
  processes,
  recordedTerm,
  transportModes,
} from '../../protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type {
  AttestationNode,
  CorrectionNode,
  DisclosedFields,
  FacilityNode,
  History,
  Leg,
  LotNode,
  LotState,
  ObservationNode,
  ProductionNode,
  RevocationNode,
} from '../../provenance/history.ts';
import type { Book, Born, Placed, Said } from './book.ts';
import type { Step } from './chains.ts';
import type { PartyStanding } from './checks/parties.ts';
import { type Explored, legsIn } from './explore.ts';
import type { BlockHeader } from './header.ts';

/** What the checks found beside what was explored. */
export type Checked = {
  readonly header: BlockHeader;
  readonly parties: ReadonlyMap<Hex, PartyStanding>;
  readonly isAccredited: (auditor: Hex, scheme: string) => boolean;
  readonly delegates: ReadonlyMap<Hex, Hex>;
  readonly disclosed: ReadonlyMap<Hex, DisclosedFields>;
};

/** The history that a bundle's records tell, as `History` in src/provenance/history.ts says. */
export function rebuildHistory(explored: Explored, checked: Checked): History {
  const { book, lot, productions, lots, facilities } = explored;
  const legs = legsOf(explored);
  const corrections = correctionsOf(explored);
  const observations = observationsOf(explored, legs);
  const told = [...productions.keys(), ...travelled(legs), ...corrections.map(({ id }) => id)];
  return {
    ledger: book.contents.ledger,
    asOf: { block: checked.header.number, hash: checked.header.hash, time: checked.header.time },
    lot: lot.lot,
    state: stateOf(explored),
    lots: new Map([...lots].map(([id, born]) => [id, lotNode(born)])),
    productions: new Map([...productions].map(([id, said]) => [id, productionNode(book, said)])),
    facilities: new Map([...facilities].map(([id, said]) => [id, facilityNode(said)])),
    parties: new Map([...checked.parties].map(([party, standing]) => [party, { party, ...standing }])),
    legs,
    attestations: attestationsOf(explored, checked.isAccredited),
    corrections,
    observations,
    delegates: new Map(told.flatMap((id) => signerOf(checked.delegates, id))),
    disclosed: checked.disclosed,
  };
}

function signerOf(delegates: ReadonlyMap<Hex, Hex>, id: Hex): [Hex, Hex][] {
  const signer = delegates.get(id);
  return signer === undefined ? [] : [[id, signer]];
}

function lotNode({ lot, index, production }: Born): LotNode {
  const output = production.statement.message.outputs[index];
  if (!output) throw new Error(`Production ${production.id} has no output ${index}`);
  const { commodity, milligrams, content, evidence } = output;
  return { lot, production: production.id, index, commodity, milligrams, content, evidence };
}

function productionNode(book: Book, said: Said<'Production'>): ProductionNode {
  const { custodian, facility, process, custodyModel, inputs, occurredAt, evidence } = said.statement.message;
  return {
    id: said.id,
    custodian,
    facility,
    process: recordedTerm(processes, process),
    custodyModel: recordedTerm(custodyModels, custodyModel),
    inputs: inputs.map(({ lot }) => lot),
    outputs: book.outputsOf(said).map(({ lot }) => lot),
    occurredAt,
    recordedAt: said.recordedAt,
    evidence,
  };
}

function facilityNode({ id, recordedAt, statement }: Said<'FacilityRegistration'>): FacilityNode {
  const { operator, kind, country, evidence } = statement.message;
  return { id, operator, kind: recordedTerm(facilityKinds, kind), country, recordedAt, evidence };
}

function legsOf(explored: Explored): Map<Hex, Leg[]> {
  const legs = new Map<Hex, Leg[]>();
  for (const lot of explored.chains.keys()) {
    const own = legsIn(explored, lot).map((step) => legNode(lot, step));
    if (own.length > 0) legs.set(lot, own);
  }
  return legs;
}

function legNode(lot: Hex, { dispatch, receipt }: Extract<Step, { kind: 'leg' }>): Leg {
  const { consignor, consignee, from, to, mode, occurredAt, evidence } = dispatch.statement.message;
  return {
    dispatch: dispatch.id,
    lot,
    consignor,
    consignee,
    from,
    to,
    mode: recordedTerm(transportModes, mode),
    occurredAt,
    recordedAt: dispatch.recordedAt,
    evidence,
    receipt: receipt && receiptNode(lot, receipt, consignee),
  };
}

function receiptNode(
  lot: Hex,
  { id, recordedAt, statement }: Said<'Receipt'>,
  consignee: Hex,
): Leg['receipt'] {
  const { party, lots, accepted, occurredAt, evidence } = statement.message;
  const weighed = lots.find((received) => received.lot === lot)?.milligrams || null;
  const kind = accepted ? 'accept' : party === consignee ? 'refuse' : 'recall';
  return { id, kind, party, occurredAt, recordedAt, weighed, evidence };
}

function travelled(legs: ReadonlyMap<Hex, readonly Leg[]>): Hex[] {
  return [...legs.values()]
    .flat()
    .flatMap(({ dispatch, receipt }) => (receipt ? [dispatch, receipt.id] : [dispatch]));
}

/** Those that gave the lot, or one that went in, back, and the one that made the lot void. */
function correctionsOf({ chains, voiding }: Explored): CorrectionNode[] {
  const restored = new Map<Said<'Correction'>, Hex[]>(voiding ? [[voiding, []]] : []);
  for (const [lot, steps] of chains)
    for (const step of steps) {
      if (step.kind !== 'restored') continue;
      restored.set(step.correction, [...(restored.get(step.correction) ?? []), lot]);
    }
  return [...restored]
    .sort(([a], [b]) => a.position - b.position)
    .map(
      ([
        {
          id,
          recordedAt,
          statement: { message },
        },
        lots,
      ]) => ({
        id,
        production: message.production,
        author: message.author,
        restored: lots,
        occurredAt: message.occurredAt,
        recordedAt,
        evidence: message.evidence,
      }),
    );
}

function observationsOf(
  { book, productions, lots, facilities }: Explored,
  legs: Map<Hex, Leg[]>,
): ObservationNode[] {
  const subjects = new Set<Hex>([...productions.keys(), ...travelled(legs), ...lots.keys()]);
  return book.all('Observation').flatMap(({ id, recordedAt, statement: { message } }) => {
    const { observer, device, subject, count, from, until, evidence } = message;
    const isOfSite = facilities.has(subject) && evidence !== ZERO_BYTES32;
    return isOfSite || subjects.has(subject)
      ? [{ id, observer, device, subject, count, from, until, recordedAt, evidence }]
      : [];
  });
}

function attestationsOf(
  { subjects, trails }: Explored,
  isAccredited: Checked['isAccredited'],
): AttestationNode[] {
  const all = [...subjects].flatMap((subject) => trails.on(subject).attestations);
  return all
    .sort((a, b) => a.position - b.position)
    .map((said) => attestationNode(said, trails.revocationsOf(said.id).map(revocationNode), isAccredited));
}

function attestationNode(
  { id, recordedAt, statement: { message } }: Said<'Attestation'>,
  revocations: readonly RevocationNode[],
  isAccredited: Checked['isAccredited'],
): AttestationNode {
  const { auditor, subject, scheme, outcome, validFrom, validUntil, evidence } = message;
  return {
    id,
    auditor,
    subject,
    scheme,
    outcome: recordedTerm(outcomes, outcome),
    validFrom,
    validUntil,
    endsAt: Math.min(validUntil, ...revocations.map(({ effectiveAt }) => effectiveAt)),
    recordedAt,
    evidence,
    revocations,
    accreditedNow: isAccredited(auditor, scheme),
  };
}

function revocationNode({ id, recordedAt, statement: { message } }: Said<'Revocation'>): RevocationNode {
  return { id, author: message.author, effectiveAt: message.effectiveAt, recordedAt };
}

/** Where the lot stands: as what happened to it last says. */
function stateOf(explored: Explored): LotState {
  const { lot, state, spender, voiding, chains } = explored;
  const { status, custodian, occurredAt } = state;
  const steps = chains.get(lot.lot) ?? [];
  const at = (last: Placed, facility: Hex): LotState => ({
    status: status === 'none' ? 'held' : status,
    custodian,
    facility,
    occurredAt,
    recordedAt: last.recordedAt,
  });
  if (spender) return at(spender, spender.statement.message.facility);
  const birthplace = lot.production.statement.message.facility;
  if (voiding) return at(voiding, birthplace);
  const leg = steps.findLast((step) => step.kind === 'leg');
  const place = leg ? placeAfter(leg) : birthplace;
  const last = steps.at(-1);
  if (!last) return at(lot.production, place);
  return at(last.kind === 'leg' ? (last.receipt ?? last.dispatch) : last.correction, place);
}

/** In transit, where the lot is going; refused or recalled, where it came from. */
function placeAfter({ dispatch, receipt }: Extract<Step, { kind: 'leg' }>): Hex {
  const { from, to } = dispatch.statement.message;
  return receipt === null || receipt.statement.message.accepted ? to : from;
}
