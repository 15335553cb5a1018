import { getAddress } from 'ethers/address';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { Session, SignInDraft } from '../../src/api/schemas/sessions.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender } from '../../src/chain/sender.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Account, account } from '../support/accounts.ts';
import { signedIn } from '../support/disclosures.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { deployAccount } from '../support/solidity.ts';

let service: TestService;
let party: Account;

beforeAll(async () => {
  service = await startTestService();
  [party] = (await admit(service, 'party')) as [Account];
}, 60_000);
afterAll(() => service?.stop());

const draft = async (address: Hex): Promise<SignInDraft> =>
  (await service.get<SignInDraft>(`/v1/sign-in?account=${address}`)).body;

async function signIn(message: string, signer = party, more: object = {}) {
  const signature = await signer.wallet.signMessage(message);
  return service.post<Session & Problem>('/v1/sessions', { message, signature, ...more });
}

describe('who signs the message', () => {
  test('is signed in for an hour at most, with a token that is theirs alone', async () => {
    const { message, domain, chainId } = await draft(party.address);
    expect(message).toContain(
      `${domain} wants you to sign in with your Ethereum account:\n${getAddress(party.address)}\n`,
    );
    expect(message).toContain(`\nChain ID: ${chainId}\n`);
    const { status, body } = await signIn(message);
    expect([status, body.party]).toEqual([201, party.address]);
    expect(body.expiresAt - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(3_600);
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await fetch(`${service.url}/v1/shared`, { headers })).status).toBe(200);
  });

  test('can sign out, and no token but an open one opens anything', async () => {
    const session = await signedIn(service, party);
    expect((await session.post('/v1/sessions/end', {})).status).toBe(200);
    const codes = [session.token, `0x${'00'.repeat(32)}`, 'nonsense'].map(async (token) => {
      const response = await fetch(`${service.url}/v1/shared`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return [response.status, ((await response.json()) as Problem).code];
    });
    expect(await Promise.all(codes)).toEqual(Array(3).fill([401, 'session-invalid']));
  });

  test('signs in once with a nonce, also after signing out', async () => {
    const { message } = await draft(party.address);
    const { token } = (await signIn(message)).body;
    expect((await signIn(message)).body.code).toBe('sign-in-invalid');
    await service.post('/v1/sessions/end', {}, { authorization: `Bearer ${token}` });
    await signedIn(service, party);
    expect((await signIn(message)).body.code).toBe('sign-in-invalid');
  });
});

describe('a message opens nothing', () => {
  const changes: [name: string, change: (message: string, draft: SignInDraft) => string][] = [
    ['for another site', (message, { domain }) => message.replace(domain, 'evil.example')],
    ['with another site as its URI', (message, { uri }) => message.replace(uri, 'https://evil.example')],
    ['for another chain', (message, { chainId }) => message.replace(`Chain ID: ${chainId}`, 'Chain ID: 1')],
    [
      'with a nonce that was not given here',
      (message, { nonce }) => message.replace(nonce, '0'.repeat(nonce.length)),
    ],
    ['that has run out', (message) => `${message}\nExpiration Time: 2020-01-01T00:00:00Z`],
    ['that is for later', (message) => `${message}\nNot Before: 2100-01-01T00:00:00Z`],
    ['of another version', (message) => message.replace('Version: 1', 'Version: 2')],
    ['that is something else', () => 'Please sign this'],
  ];
  test.each(changes)('%s', async (_name, change) => {
    const given = await draft(party.address);
    const { status, body } = await signIn(change(given.message, given));
    expect([status, body.code]).toEqual([422, 'sign-in-invalid']);
  });

  test('signed by another key, or of an account that is not the key of the party', async () => {
    const { message } = await draft(party.address);
    expect((await signIn(message, account('other'))).body.code).toBe('signature-invalid');
    const other = await draft(account('other').address);
    expect((await signIn(other.message, account('other'))).body.code).toBe('sign-in-invalid');
    const claimed = await signIn(other.message, account('other'), { party: party.address });
    expect(claimed.body.code).toBe('sign-in-invalid');
  });
});

test('a session ends with the key: another one signs for the party by now', async () => {
  const [old] = (await admit(service, 'old')) as [Account];
  const fresh = account('fresh');
  const session = await signedIn(service, old);
  const recordBy = Math.floor(Date.now() / 1000) + 86_400;
  const message = { party: old.address, key: fresh.address, number: 2, recordBy };
  await service.record({ type: 'KeyReplacement', message }, old);
  expect((await session.get<Problem>('/v1/shared')).body.code).toBe('session-invalid');
  expect((await (await signedIn(service, fresh, old.address)).get('/v1/shared')).status).toBe(200);
});

test('a party that is a smart account signs in by its contract (ERC-1271)', async () => {
  const deployer = openSender(openRpc(service.chainUrl), service.identity.chainId, service.keys.registrar);
  const wallet = await deployAccount(deployer, 'Owned', party.address);
  await service.act({ act: 'admit', party: wallet, evidence: ZERO_BYTES32 });
  const { message } = await draft(wallet);
  expect((await signIn(message, account('other'))).body.code).toBe('signature-invalid');
  expect((await signIn(message)).body).toMatchObject({ party: wallet, account: wallet });
});
