import type { AbiParameter } from '../../src/chain/abi-words.ts';
import { abiReader } from '../../src/chain/abi-words.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex, partySubject, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Domain, Struct } from '../../src/protocol/statements.ts';
import type { Call } from './acts.ts';
import { type Book, joined, parted, quotaOf, yearOf } from './book.ts';
import { idOf, lotsOf } from './ids.ts';
import { ZERO_ADDRESS } from './rules/form.ts';
import { ledgerInterface, textOf } from './wire.ts';

/** One question to a view of the ledger; `args` as text, so that two equal questions are equal texts. */
export type Cell = { readonly view: View; readonly args: readonly (string | number | boolean)[] };

const nobody = { key: ZERO_ADDRESS, suspended: false, keyNumber: 0 };
const noLot = { custodian: ZERO_ADDRESS, occurredAt: 0, recordedAt: 0, status: 0, trace: 0 };

/** What the books answer. */
const answers = {
  partyState: (book, [party]) => book.parties.get(party as Hex) ?? nobody,
  delegationState: (book, args) =>
    book.delegations.get(joined(...args)) ?? { scope: 0, validUntil: 0, issuedAt: 0, keyNumber: 0 },
  keyProposal: (book, [party]) => book.proposals.get(party as Hex) ?? { key: ZERO_ADDRESS, effectiveAt: 0 },
  facilityState: (book, [facility]) =>
    book.facilities.get(facility as Hex) ?? { operator: ZERO_ADDRESS, kind: 0, country: 0 },
  quota: (book, args) => quotaOf(book, joined(...args)),
  lotState: (book, [lot]) => {
    const { head: _, ...state } = book.lots.get(lot as Hex) ?? { ...noLot, head: ZERO_BYTES32 };
    return state;
  },
  head: (book, [lot]) => book.lots.get(lot as Hex)?.head ?? ZERO_BYTES32,
  retirementState: (book, [production]) => book.retirements.get(production as Hex) ?? 0,
  attestationState: (book, [attestation]) =>
    book.attestations.get(attestation as Hex) ?? { auditor: ZERO_ADDRESS, endsAt: 0 },
  trail: (book, [subject]) => book.trails.get(subject as Hex) ?? ZERO_BYTES32,
  tail: (book, args) => book.tails.get(joined(...args)) ?? ZERO_BYTES32,
  isAccredited: (book, args) => book.accreditations.get(joined(...args)) ?? false,
  hasRole: (book, [role, account]) => book.roles.get(role as Hex)?.has(account as Hex) ?? false,
} satisfies Record<string, (book: Book, args: Cell['args']) => unknown>;
export type View = keyof typeof answers;

export const answerOf = (book: Book, { view, args }: Cell): string => textOf(answers[view](book, args));
export const cellText = ({ view, args }: Cell): string => `${view}(${args.join(', ')})`;

/** Calldata of the view. Words are put together by hand, which is ten times as fast, and text by the encoder. */
export function questionOf({ view, args }: Cell): Hex {
  if (view === 'isAccredited') return hex(ledgerInterface.encodeFunctionData(view, args));
  const words = args.map((arg) =>
    (typeof arg === 'string' ? arg.slice(2) : Number(arg).toString(16)).padStart(64, '0'),
  );
  return `0x${selectors[view]}${words.join('')}`;
}

const selectors = Object.fromEntries(
  Object.keys(answers).map((view) => [view, ledgerInterface.getFunction(view)?.selector.slice(2)]),
);

type AbiItem = { readonly name?: string; readonly type: string; readonly outputs?: readonly AbiParameter[] };
const readers = new Map(
  (ledgerAbi as unknown as readonly AbiItem[])
    .filter(({ name = '', type }) => type === 'function' && name in answers)
    .map(({ name = '', outputs = [] }) => [
      name,
      abiReader(outputs.map((output) => ({ ...output, name: 'value' }))),
    ]),
);

/** What the ledger returned, as text like the books' answer. */
export function readAnswer({ view }: Cell, data: Hex): string {
  return textOf(readers.get(view)?.(data).value);
}

// ── Which cells ──

/** Everything that the books know. */
export function allCells(book: Book): Cell[] {
  const of = (view: View, map: ReadonlyMap<string, unknown>, parts = 1): Cell[] =>
    [...map.keys()].map((key) => ({ view, args: parted(key, parts) }));
  const quotas = [...book.quotas.keys()].map((key): Cell => {
    const [facility = '', material, recycled, year] = parted(key, 4);
    return { view: 'quota', args: [facility, Number(material), recycled === 'true', Number(year)] };
  });
  const roles = [...book.roles].flatMap(([role, holders]) =>
    [...holders].map((holder) => cell('hasRole', role, holder)),
  );
  return [
    ...of('partyState', book.parties),
    ...of('delegationState', book.delegations, 2),
    ...of('keyProposal', book.parties),
    ...of('facilityState', book.facilities),
    ...quotas,
    ...of('lotState', book.lots),
    ...of('head', book.lots),
    ...of('retirementState', book.retirements),
    ...of('attestationState', book.attestations),
    ...of('trail', book.trails),
    ...of('tail', book.tails, 3),
    ...of('isAccredited', book.accreditations, 2),
    ...roles,
  ];
}

/** What a call is about: all that it could change. */
export function namedCells(domain: Domain, call: Call): Cell[] {
  const [subject] = call.args as [Hex];
  switch (call.method) {
    case 'admit':
    case 'suspend':
    case 'reinstate':
    case 'proposeKey':
    case 'completeKeyProposal':
      return [cell('partyState', subject), cell('keyProposal', subject)];
    case 'accredit':
    case 'withdrawAccreditation':
      return [cell('isAccredited', ...call.args.slice(0, 2))];
    case 'grantQuota':
      return [{ view: 'quota', args: call.args.slice(0, 4) as Cell['args'] }];
    case 'grantRole':
    case 'revokeRole':
    case 'renounceRole':
      return [cell('hasRole', ...call.args)];
    case 'recordFacilityRegistration':
      return [cell('facilityState', idOf(domain, 'FacilityRegistration', call.args[0]))];
    case 'recordProduction':
      return productionCells(idOf(domain, 'Production', call.args[0]), call.args[0]);
    case 'recordCorrection':
      return productionCells(call.args[0].production, call.args[1]);
    case 'recordDispatch':
    case 'recordReceipt':
      return call.args[0].lots.flatMap(({ lot }) => lotCells(lot));
    default:
      return sayingCells(domain, call);
  }
}

function sayingCells(domain: Domain, call: Call): Cell[] {
  switch (call.method) {
    case 'recordObservation': {
      const { observer, device, subject } = call.args[0];
      return [cell('tail', observer, device, subject), cell('trail', subject)];
    }
    case 'recordAttestation': {
      const [statement] = call.args;
      return [
        cell('attestationState', idOf(domain, 'Attestation', statement)),
        cell('trail', statement.subject),
      ];
    }
    case 'recordRevocation':
      return [cell('attestationState', call.args[0].attestation), cell('trail', call.args[1].subject)];
    case 'recordDelegation':
      return [cell('delegationState', call.args[0].party, call.args[0].delegate)];
    case 'recordKeyReplacement':
    case 'recordKeyObjection':
      return [cell('partyState', call.args[0].party), cell('keyProposal', call.args[0].party)];
    default:
      throw new Error(`Nothing is known of what ${call.method} names`);
  }
}

function productionCells(id: Hex, { facility, inputs, outputs, occurredAt }: Struct<'Production'>): Cell[] {
  const quotas = outputs
    .flatMap(({ content }) => content)
    .flatMap(({ material }) =>
      [false, true].map(
        (recycled): Cell => ({ view: 'quota', args: [facility, material, recycled, yearOf(occurredAt)] }),
      ),
    );
  const lots = [...inputs.map(({ lot }) => lot), ...lotsOf(id, outputs)];
  return [
    ...lots.flatMap(lotCells),
    ...quotas,
    ...(outputs.length === 0 ? [cell('retirementState', id)] : []),
  ];
}

const lotCells = (lot: Hex): Cell[] => [cell('lotState', lot), cell('head', lot)];

function cell(view: View, ...args: readonly string[]): Cell {
  return { view, args };
}

/** Cells that must be empty: of accounts and ids that the ledger does not know. */
export function strangeCells(stranger: Hex): Cell[] {
  const subject = partySubject(stranger);
  return [
    cell('partyState', stranger),
    cell('lotState', subject),
    cell('head', subject),
    cell('trail', subject),
    cell('tail', stranger, stranger, subject),
    cell('attestationState', subject),
  ];
}
