import { AbiCoder, ParamType } from 'ethers/abi';
import { apportion } from '../src/protocol/apportion.ts';
import { type Hex, hex } from '../src/protocol/hex.ts';
import { lotId } from '../src/protocol/lots.ts';
import { MAX_MILLIGRAMS } from '../src/protocol/mass.ts';
import {
  hashStruct,
  ledgerDomain,
  type Output,
  type Statement,
  type StructName,
  statementId,
  statementTypes,
} from '../src/protocol/statements.ts';
import { trailOf } from '../src/protocol/trail.ts';

const word = (byte: string): Hex => hex(`0x${byte.repeat(32)}`);
const account = (byte: string): Hex => hex(`0x${byte.repeat(20)}`);
const LAST_TIME = 2 ** 40 - 1;

const OUTPUTS: Output[] = [
  {
    commodity: 260500,
    milligrams: 25_000_000_000n,
    content: [
      { material: 27, recycled: false, milligrams: 2_000_000_000n },
      { material: 27, recycled: true, milligrams: 1n },
      { material: 29, recycled: false, milligrams: 500_000_000n },
    ],
    evidence: word('a1'),
  },
  { commodity: 1, milligrams: 1n, content: [], evidence: word('00') },
  {
    commodity: 999_999,
    milligrams: MAX_MILLIGRAMS,
    content: [{ material: 255, recycled: true, milligrams: MAX_MILLIGRAMS }],
    evidence: word('ff'),
  },
];

const STATEMENTS: Statement[] = [
  {
    type: 'FacilityRegistration',
    message: {
      operator: account('11'),
      kind: 1,
      country: 180,
      evidence: word('01'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Production',
    message: {
      custodian: account('11'),
      facility: word('02'),
      process: 6,
      custodyModel: 3,
      inputs: [
        { lot: word('03'), head: word('04') },
        { lot: word('05'), head: word('05') },
      ],
      outputs: OUTPUTS,
      occurredAt: 1_790_000_000,
      evidence: word('06'),
      recordBy: LAST_TIME,
    },
  },
  {
    type: 'Production',
    message: {
      custodian: account('22'),
      facility: word('07'),
      process: 13,
      custodyModel: 5,
      inputs: [],
      outputs: [],
      occurredAt: 0,
      evidence: word('00'),
      recordBy: 0,
    },
  },
  {
    type: 'Dispatch',
    message: {
      consignor: account('11'),
      consignee: account('33'),
      lots: [{ lot: word('08'), head: word('09') }],
      from: word('0a'),
      to: word('0b'),
      mode: 3,
      recallFrom: 1_790_100_000,
      occurredAt: 1_790_000_001,
      evidence: word('0c'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Receipt',
    message: {
      party: account('33'),
      dispatch: word('0d'),
      lots: [
        { lot: word('08'), milligrams: 0n },
        { lot: word('0e'), milligrams: MAX_MILLIGRAMS },
      ],
      accepted: true,
      occurredAt: 1_790_000_002,
      evidence: word('0f'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Correction',
    message: {
      author: account('11'),
      production: word('16'),
      occurredAt: 1_790_000_004,
      evidence: word('17'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Observation',
    message: {
      observer: account('11'),
      device: account('55'),
      subject: word('18'),
      previous: word('19'),
      root: word('1a'),
      count: 2 ** 32 - 1,
      from: 1_790_000_005,
      until: LAST_TIME,
      evidence: word('1b'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Attestation',
    message: {
      auditor: account('44'),
      subject: word('10'),
      scheme: 'RMAP “Cobalt” – é, 鈷, \u{1F50B}',
      outcome: 1,
      validFrom: 1_780_000_000,
      validUntil: LAST_TIME,
      evidence: word('12'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Revocation',
    message: {
      author: account('44'),
      attestation: word('13'),
      effectiveAt: 1_790_000_003,
      evidence: word('14'),
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'Delegation',
    message: {
      party: account('11'),
      delegate: account('55'),
      scope: 2 ** 16 - 1,
      validUntil: LAST_TIME,
      issuedAt: 1_790_000_006,
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'KeyReplacement',
    message: {
      party: account('11'),
      key: account('66'),
      number: 2 ** 32 - 1,
      recordBy: 1_800_000_000,
    },
  },
  {
    type: 'KeyObjection',
    message: {
      party: account('11'),
      key: account('77'),
      effectiveAt: 1_790_604_807,
      recordBy: 1_800_000_000,
    },
  },
];

/** A struct as `abi.encode` of its Solidity twin gives it. */
function abiEncode(name: StructName, value: object): Hex {
  return hex(AbiCoder.defaultAbiCoder().encode([paramOf(name)], [value]));
}

function paramOf(name: StructName): ParamType {
  const component = ({ name, type }: { name: string; type: string }): object => {
    const inner = type.replace('[]', '');
    if (!(inner in statementTypes)) return { name, type };
    const components = statementTypes[inner as StructName].map(component);
    return { name, type: type.endsWith('[]') ? 'tuple[]' : 'tuple', components };
  };
  return ParamType.from(component({ name: 'value', type: name }));
}

/** Statements of every type, with what the contract must hash them to. */
export function statementVectors(): object {
  const domain = ledgerDomain(31337, account('be'));
  return {
    domain: { chainId: domain.chainId, verifyingContract: domain.verifyingContract },
    statements: STATEMENTS.map((statement) => ({
      type: statement.type,
      abiEncoded: abiEncode(statement.type, statement.message),
      structHash: hashStruct(statement.type, statement.message as never),
      id: statementId(domain, statement),
    })),
  };
}

/** Births and the lot ids that follow from them. */
export function lotVectors(): object[] {
  return OUTPUTS.map((output, index) => ({
    production: word('15'),
    index,
    output: abiEncode('Output', output),
    lot: lotId({ production: word('15'), index, output }),
  }));
}

/** Statement ids in the order of recording, and the word that they fold into. */
export function trailVectors(): object[] {
  const lists = [
    [],
    [word('1c')],
    [word('1c'), word('1d')],
    [word('1d'), word('1c'), word('00'), word('ff')],
  ];
  return lists.map((ids) => ({ ids, trail: trailOf(ids) }));
}

/** Divisions with remainders, ties and the largest values that occur. */
export function apportionmentVectors(): object[] {
  const cases: [bigint, bigint[]][] = [
    [10n, [1n, 1n, 1n]],
    [11n, [1n, 1n, 1n]],
    [1n, [5n, 5n, 5n, 5n]],
    [100n, [7n, 0n, 13n, 80n]],
    [7n, [3n, 2n, 2n]],
    [0n, [3n, 4n]],
    [(1n << 127n) - 1n, [(1n << 126n) - 1n, 1n, (1n << 125n) + 3n]],
    [MAX_MILLIGRAMS << 64n, [MAX_MILLIGRAMS << 63n, (MAX_MILLIGRAMS << 62n) + 1n, 1n, 2n]],
  ];
  return cases.map(([content, shares]) => {
    const key = (index: number): string => String(index).padStart(3, '0');
    const parts = apportion(content, new Map(shares.map((share, index) => [key(index), share])));
    return {
      content: String(content),
      shares: shares.map(String),
      total: String(shares.reduce((sum, share) => sum + share, 0n)),
      expected: shares.map((_, index) => String(parts.get(key(index)) ?? 0n)),
    };
  });
}
