import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FacilityDetail } from '../../src/api/schemas/parties.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender, type Sender } from '../../src/chain/sender.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import { account, sign } from '../support/accounts.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { type AccountKind, deployAccount } from '../support/solidity.ts';
import { facilityRegistration } from '../support/statements.ts';

const [owner, stranger] = [account('owner'), account('stranger')];
let service: TestService;
let deployer: Sender;

beforeAll(async () => {
  service = await startTestService();
  deployer = openSender(openRpc(service.chainUrl), service.identity.chainId, service.keys.registrar);
}, 60_000);
afterAll(() => service?.stop());

/** A party that is a contract. */
async function party(kind: AccountKind): Promise<Hex> {
  const address = await deployAccount(deployer, kind, owner.address);
  await service.act({ act: 'admit', party: address, evidence: ZERO_BYTES32 });
  return address;
}

describe('a party that is a smart account (ERC-1271)', () => {
  test('has its statements judged by its contract', async () => {
    const wallet = await party('Owned');
    const statement = facilityRegistration(wallet);
    const send = async (signer: typeof owner) =>
      service.post<Partial<Omit<StatementStatus, 'status'>> & { code?: string }>(
        '/v1/statements?wait=recorded',
        {
          ...toJson(statement),
          signature: await sign(service.domain, statement, signer.wallet),
        },
      );
    const forged = await send(stranger);
    expect([forged.status, forged.body.code]).toEqual([403, 'signature-invalid']);
    const reply = await send(owner);
    expect([reply.status, reply.body.author]).toEqual([201, wallet]);
    const { body } = await service.get<FacilityDetail>(`/v1/facilities/${reply.body.id}`);
    expect(body).toMatchObject({ operator: { id: wallet } });
  });

  test('is asked as by the account that will send: what it takes from nobody is refused on arrival', async () => {
    const statement = facilityRegistration(await party('Unsent'));
    const body = { ...toJson(statement), signature: '0x01' };
    const reply = await service.post<Problem>('/v1/statements', body);
    expect([reply.status, reply.body.code]).toEqual([403, 'signature-invalid']);
  });
});
