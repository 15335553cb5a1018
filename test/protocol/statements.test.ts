import { readFileSync } from 'node:fs';
import { Interface } from 'ethers/abi';
import { Wallet } from 'ethers/wallet';
import { describe, expect, test } from 'vitest';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import {
  custodyModels,
  facilityKinds,
  outcomes,
  processes,
  scopes,
  transportModes,
} from '../../src/protocol/codes.ts';
import { statementJson, toJson } from '../../src/protocol/json.ts';
import { materials } from '../../src/protocol/materials.ts';
import {
  ledgerDomain,
  type Statement,
  statementId,
  statementTypeNames,
  statementTypes,
  typesOf,
} from '../../src/protocol/statements.ts';

const abi = new Interface(ledgerAbi);

describe('the table of signed types', () => {
  test.each(statementTypeNames)('%s has the fields of the contract’s struct, in order', (type) => {
    const struct = abi.getEvent(`${type}Recorded`)?.inputs[1];
    const flat = struct?.components?.map(
      (field) => `${field.name} ${field.baseType === 'array' ? '[]' : field.type}`,
    );
    const wanted = statementTypes[type].map(
      ({ name, type }) => `${name} ${type.endsWith('[]') ? '[]' : type}`,
    );
    expect(flat).toEqual(wanted);
  });

  test('a wallet’s signature recovers to the digest’s signer', async () => {
    const wallet = new Wallet(`0x${'42'.repeat(32)}`);
    const domain = ledgerDomain(31337, `0x${'be'.repeat(20)}`);
    const statement: Statement = {
      type: 'Revocation',
      message: {
        author: `0x${'11'.repeat(20)}`,
        attestation: `0x${'22'.repeat(32)}`,
        effectiveAt: 1,
        evidence: `0x${'00'.repeat(32)}`,
        recordBy: 2,
      },
    };
    const signature = await wallet.signTypedData(domain, typesOf('Revocation'), statement.message);
    const { recoverAddress } = await import('ethers/transaction');
    expect(recoverAddress(statementId(domain, statement), signature)).toBe(wallet.address);
  });
});

describe('codes', () => {
  // The same numbers, read from the Solidity source.
  const source = readFileSync('contracts/Codes.sol', 'utf8');
  const tables = {
    FacilityKind: facilityKinds,
    Process: processes,
    CustodyModel: custodyModels,
    TransportMode: transportModes,
    Outcome: outcomes,
    Scope: { none: 0, ...scopes, all: Object.values(scopes).reduce((all, bit) => all + bit, 0) },
  };
  test.each(Object.entries(tables))('%s is what the contract says', (library, table) => {
    const body = new RegExp(`library ${library} \\{([^}]*)\\}`).exec(source)?.[1] ?? '';
    const constants = [...body.matchAll(/constant (\w+) = (\d+);/g)].map(([, name, value]) => [
      name?.toLowerCase().replaceAll('_', '-'),
      Number(value),
    ]);
    expect(Object.fromEntries(constants)).toEqual(table);
  });

  test('every element and mineral has its number', () => {
    expect(materials.slice(0, 118).map(({ id }) => id)).toEqual(
      Array.from({ length: 118 }, (_, index) => index + 1),
    );
    const named = Object.fromEntries(materials.map(({ id, symbol }) => [symbol, id]));
    expect(named).toMatchObject({
      Li: 3,
      B: 5,
      Co: 27,
      Ni: 28,
      Nb: 41,
      Pd: 46,
      Sn: 50,
      Nd: 60,
      Dy: 66,
      Ta: 73,
      W: 74,
      Au: 79,
      Bi: 83,
      Og: 118,
      graphite: 128,
      'coking-coal': 134,
    });
  });
});

describe('statements in JSON', () => {
  const dispatch: Statement = {
    type: 'Receipt',
    message: {
      party: `0x${'ab'.repeat(20)}`,
      dispatch: `0x${'cd'.repeat(32)}`,
      lots: [{ lot: `0x${'ef'.repeat(32)}`, milligrams: 9_007_199_254_740_993n }],
      accepted: true,
      occurredAt: 1_790_000_000,
      evidence: `0x${'00'.repeat(32)}`,
      recordBy: 1_800_000_000,
    },
  };

  test('come back as they went, masses exact', () => {
    const text = JSON.stringify(toJson(dispatch));
    expect(text).toContain('"9007199254740993"');
    expect(statementJson.parse(JSON.parse(text))).toEqual(dispatch);
    expect(statementJson.parse(JSON.parse(text.replaceAll('ab', 'AB')))).toEqual(dispatch);
  });

  test.each([
    ['a mass as a number', { lots: [{ lot: `0x${'ef'.repeat(32)}`, milligrams: 5 }] }],
    ['a mass over 2⁶³ − 1', { lots: [{ lot: `0x${'ef'.repeat(32)}`, milligrams: '9223372036854775808' }] }],
    ['a short id', { dispatch: '0xcd' }],
    ['a time with a fraction', { occurredAt: 1.5 }],
    ['a field that no type has', { colour: 'blue' }],
    ['a missing field', { accepted: undefined }],
  ])('%s is refused', (_, change) => {
    const json = toJson(dispatch);
    expect(statementJson.safeParse({ ...json, message: { ...json.message, ...change } }).success).toBe(false);
  });
});
