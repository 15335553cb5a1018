import { type EventFragment, Interface } from 'ethers/abi';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Statement, type StatementType, statementTypeNames } from '../protocol/statements.ts';
import { type AbiValues, abiReader, parametersOf, readTopic } from './abi-words.ts';
import type { LedgerEvent } from './events.ts';

/** The part of a log that says what happened. */
export type LogContent = { readonly topics: readonly Hex[]; readonly data: Hex };

type Decoder = (log: LogContent) => LedgerEvent | null;

/**
 * The ledger's event in a log; null for what no table is made of: what OpenZeppelin's roles and domain emit, and calls
 * of a batch that were refused (see refused.ts).
 * Hex comes out in lower case, masses as bigint, other numbers as number.
 * @throws Error that names the log's first topic, where the ledger has no such event
 */
export function decodeLog(log: LogContent): LedgerEvent | null {
  const [topic] = log.topics;
  const decoder = topic === undefined ? undefined : decoders.get(topic.toLowerCase());
  if (!decoder)
    throw new Error(`The ledger emitted an event that this version does not know: topic ${topic ?? 'none'}`);
  return decoder(log);
}

const notFolded: readonly string[] = [
  'RoleGranted',
  'RoleRevoked',
  'RoleAdminChanged',
  'EIP712DomainChanged',
  'Refused',
];

const acts: Record<string, (values: AbiValues) => unknown> = {
  PartyAdmitted: (values) => ({ kind: 'party', act: 'admit', ...values }),
  PartySuspended: (values) => ({ kind: 'party', act: 'suspend', ...values }),
  PartyReinstated: (values) => ({ kind: 'party', act: 'reinstate', ...values }),
  AuditorAccredited: (values) => ({ kind: 'accreditation', act: 'accredit', ...values }),
  AccreditationWithdrawn: (values) => ({ kind: 'accreditation', act: 'withdraw', ...values }),
  QuotaGranted: (values) => ({ kind: 'quota', ...values }),
  KeyProposed: (values) => ({ kind: 'key', act: 'propose', ...values }),
  KeyProposalCompleted: (values) => ({ kind: 'key', act: 'complete', ...values }),
};

const decoders = new Map<string, Decoder>();
new Interface(ledgerAbi).forEachEvent((event) => decoders.set(event.topicHash, decoderOf(event)));

function decoderOf(event: EventFragment): Decoder {
  if (notFolded.includes(event.name)) return () => null;
  const toEvent = acts[event.name] ?? statementEvent(event.name);
  const indexed = event.inputs.filter((input) => input.indexed);
  const read = abiReader(parametersOf(event.inputs.filter((input) => !input.indexed)));
  return ({ topics, data }) => {
    if (topics.length !== indexed.length + 1)
      throw new Error(`A ${event.name} log has ${topics.length} topics, expected ${indexed.length + 1}`);
    const values: Record<string, unknown> = {};
    indexed.forEach(({ name, type }, index) => {
      values[name] = readTopic(type, topics[index + 1] as Hex);
    });
    return toEvent({ ...values, ...read(data) }) as LedgerEvent;
  };
}

function statementEvent(name: string): (values: AbiValues) => unknown {
  const type = name.replace(/Recorded$/, '') as StatementType;
  if (!statementTypeNames.includes(type))
    throw new Error(`The ABI has an event that nothing decodes: ${name}`);
  return ({ id, statement, signer, signature }) => ({
    kind: 'statement',
    id,
    statement: { type, message: statement } as Statement,
    signer,
    signature,
  });
}
