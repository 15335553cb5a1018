import { keccak256, toUtf8Bytes } from 'ethers';
import type { LedgerBlock, LedgerEvent } from '../../src/chain/events.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import {
  type Content,
  type LotHead,
  ledgerDomain,
  type Observation,
  type Output,
  type Production,
  type Statement,
  statementId,
} from '../../src/protocol/statements.ts';

export const identity: LedgerIdentity = { chainId: 31_337, ledger: account('ledger'), deployedAt: 1 };
export const T0 = 1_790_000_000;

/** 32 bytes that a word stands for. */
export function id(word: string): Hex {
  return hex(keccak256(toUtf8Bytes(word)));
}

/** An address that a word stands for. */
export function account(word: string): Hex {
  return id(word).slice(0, 42) as Hex;
}

/** The event of a statement that its author signed. */
export function statementEvent(statement: Statement): LedgerEvent & { kind: 'statement' } {
  const domain = ledgerDomain(identity.chainId, identity.ledger);
  return {
    kind: 'statement',
    id: statementId(domain, statement),
    statement,
    signer: account('signer'),
    signature: '0x1234',
  };
}

export function output(content: Content[], more: Partial<Output> = {}): Output {
  const milligrams = content.reduce((sum, part) => sum + part.milligrams, 1_000n);
  return { commodity: 260_500, milligrams, content, evidence: ZERO_BYTES32, ...more };
}

export const cobalt = (milligrams: bigint, recycled = false): Content => ({
  material: 27,
  recycled,
  milligrams,
});

/** Blocks of events, each the child of the one before; `salt` tells forks apart. */
export class Chain {
  readonly blocks: LedgerBlock[] = [];
  private readonly salt: string;

  constructor(salt = 'main', blocks: readonly LedgerBlock[] = []) {
    this.salt = salt;
    this.blocks.push(...blocks);
  }

  /** Adds a block with these events; its time is T0 plus a second per block. */
  block(...events: LedgerEvent[]): LedgerBlock {
    const parent = this.blocks.at(-1);
    const number = (parent?.number ?? 0) + 1;
    const block: LedgerBlock = {
      number,
      hash: id(`${this.salt} block ${number}`),
      parent: parent?.hash ?? id('genesis'),
      time: T0 + number,
      events: events.map((event, logIndex) => ({
        logIndex,
        transaction: id(`${this.salt} transaction ${number} ${logIndex}`),
        event,
      })),
    };
    this.blocks.push(block);
    return block;
  }

  /** Another chain that shares the first `count` blocks. */
  fork(count: number, salt: string): Chain {
    return new Chain(salt, this.blocks.slice(0, count));
  }
}

/** The events of a small supply chain: a mine, a refiner, an auditor. Times rise by a second per statement. */
export class Story {
  private time = T0 - 1_000;

  readonly mine = account('mine');
  readonly refiner = account('refiner');
  readonly auditor = account('auditor');

  admit(party: Hex, evidence: Hex = ZERO_BYTES32): LedgerEvent {
    return { kind: 'party', act: 'admit', party, evidence };
  }

  facility(operator: Hex, kind: number, evidence: Hex = ZERO_BYTES32) {
    const message = { operator, kind, country: 180, evidence, recordBy: this.next() + 1_000 };
    return statementEvent({ type: 'FacilityRegistration', message });
  }

  produce(message: Pick<Production, 'custodian' | 'facility'> & Partial<Production>) {
    const occurredAt = this.next();
    const event = statementEvent({
      type: 'Production',
      message: {
        process: 1,
        custodyModel: 2,
        inputs: [],
        outputs: [],
        occurredAt,
        evidence: ZERO_BYTES32,
        recordBy: occurredAt + 1_000,
        ...message,
      },
    });
    return { ...event, lots: birthsOf(event.id, message.outputs ?? []).map(({ lot }) => lot) };
  }

  dispatch(way: { consignor: Hex; consignee: Hex; from: Hex; to: Hex }, lots: LotHead[]) {
    const occurredAt = this.next();
    const times = { recallFrom: occurredAt + 60, occurredAt, recordBy: occurredAt + 1_000 };
    const message = { ...way, lots, mode: 3, ...times, evidence: ZERO_BYTES32 };
    return statementEvent({ type: 'Dispatch', message });
  }

  receive(party: Hex, dispatch: Hex, lots: Hex[], { accepted = true, milligrams = 0n } = {}) {
    const occurredAt = this.next();
    const received = lots.map((lot) => ({ lot, milligrams }));
    const times = { occurredAt, recordBy: occurredAt + 1_000 };
    const message = { party, dispatch, lots: received, accepted, ...times, evidence: ZERO_BYTES32 };
    return statementEvent({ type: 'Receipt', message });
  }

  attest(subject: Hex, more: { auditor?: Hex; scheme?: string; outcome?: number; validUntil?: number } = {}) {
    const at = this.next();
    const message = {
      auditor: this.auditor,
      subject,
      scheme: 'RMAP',
      outcome: 1,
      validFrom: at,
      evidence: ZERO_BYTES32,
    };
    return statementEvent({
      type: 'Attestation',
      message: { ...message, validUntil: at + 10_000, recordBy: at + 1_000, ...more },
    });
  }

  revoke(attestation: Hex, effectiveAt: number, author: Hex = this.auditor) {
    const message = {
      author,
      attestation,
      effectiveAt,
      evidence: ZERO_BYTES32,
      recordBy: this.next() + 1_000,
    };
    return statementEvent({ type: 'Revocation', message });
  }

  correct(author: Hex, production: Hex, evidence: Hex = ZERO_BYTES32) {
    const occurredAt = this.next();
    const message = { author, production, occurredAt, evidence, recordBy: occurredAt + 1_000 };
    return statementEvent({ type: 'Correction', message });
  }

  /** Of readings, unless told otherwise. */
  observe(log: { observer: Hex; device: Hex; subject: Hex }, more: Partial<Observation> = {}) {
    const at = this.next();
    const times = { from: at - 60, until: at, recordBy: at + 1_000 };
    const readings = { root: id('readings'), count: 12, evidence: ZERO_BYTES32 };
    const message = { ...log, previous: ZERO_BYTES32, ...readings, ...times, ...more };
    return statementEvent({ type: 'Observation', message });
  }

  delegate(party: Hex, delegate: Hex, { scope = 255, validUntil = T0 + 90_000 } = {}) {
    const issuedAt = this.next();
    const message = { party, delegate, scope, validUntil, issuedAt, recordBy: issuedAt + 1_000 };
    return statementEvent({ type: 'Delegation', message });
  }

  replaceKey(party: Hex, key: Hex, number: number) {
    const message = { party, key, number, recordBy: this.next() + 1_000 };
    return statementEvent({ type: 'KeyReplacement', message });
  }

  objectToKey(party: Hex, key: Hex, effectiveAt: number) {
    const message = { party, key, effectiveAt, recordBy: this.next() + 1_000 };
    return statementEvent({ type: 'KeyObjection', message });
  }

  proposeKey(party: Hex, key: Hex, effectiveAt: number, evidence: Hex = ZERO_BYTES32): LedgerEvent {
    return { kind: 'key', act: 'propose', party, key, effectiveAt, evidence };
  }

  completeKey(party: Hex, key: Hex, number: number): LedgerEvent {
    return { kind: 'key', act: 'complete', party, key, number };
  }

  private next(): number {
    this.time += 1;
    return this.time;
  }
}
