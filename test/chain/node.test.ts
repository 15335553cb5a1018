import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordCall } from '../../src/chain/calls.ts';
import { deploymentBlock, firstLedgerOf } from '../../src/chain/deploy.ts';
import { nodeOver, openNode } from '../../src/chain/node.ts';
import { perform, TransactionRefused } from '../../src/chain/perform.ts';
import { ensureAct, performAct, type RoleAct } from '../../src/chain/roles.ts';
import { ChainUnavailable, NodeError } from '../../src/chain/rpc.ts';
import { ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { account } from '../support/accounts.ts';
import { accreditor, registrar, relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { facilityRegistration, signed } from '../support/statements.ts';

const [mine, auditor, stranger] = [account('mine'), account('auditor'), account('stranger')];
const evidence = ZERO_BYTES32;
let chain: TestChain;

beforeAll(async () => {
  chain = await startTestChain();
  await chain.admit(mine.address, auditor.address);
});
afterAll(() => chain.stop());

describe('reading a chain', () => {
  test('every way to read a range gives the same events', async () => {
    const { head, finalized } = await chain.node.tips();
    expect(finalized).toBe(head.number);
    const blocks = await chain.node.blocks(chain.identity.deployedAt, head.number);
    expect(blocks.at(-1)).toMatchObject(head);
    expect(await chain.node.settledBlocks(0, head.number)).toEqual(blocks);
    expect(blocks.flatMap(({ events }) => events.map(({ event }) => event))).toContainEqual({
      kind: 'party',
      act: 'admit',
      party: mine.address,
      evidence,
    });
  });

  test('knows what is beyond the head, and what has no code', async () => {
    expect(await chain.node.header(1_000_000)).toBeNull();
    expect(await chain.node.code(stranger.address)).toBe('0x');
    expect(await chain.node.chainId()).toBe(chain.identity.chainId);
  });

  test('finds the block of the deployment, and the address of an account’s first ledger', async () => {
    expect(await deploymentBlock(chain.node)).toBe(chain.identity.deployedAt);
    expect(firstLedgerOf(relayer.address)).toBe(chain.identity.ledger);
    expect(await deploymentBlock(openNode({ url: chain.url, ledger: stranger.address }))).toBeNull();
  });

  test('takes a missing contract for a chain that is behind, never for an acceptance', async () => {
    const elsewhere = openNode({ url: chain.url, ledger: stranger.address });
    await expect(elsewhere.simulate('0x12345678')).rejects.toThrow(ChainUnavailable);
  });
});

describe('simulating', () => {
  test('says what the ledger would say, and changes nothing', async () => {
    const good = await signed(chain.domain, facilityRegistration(mine.address), mine);
    const forged = await signed(chain.domain, facilityRegistration(mine.address), stranger);
    const early = await signed(chain.domain, facilityRegistration(stranger.address), stranger);
    const verdict = ({ statement, witness, signature }: typeof good): Promise<unknown> =>
      chain.node.simulate(recordCall(statement, witness, signature).data);
    expect(await verdict(good)).toBeNull();
    expect(await verdict(good)).toBeNull();
    expect(await verdict(forged)).toMatchObject({
      code: 'signature-invalid',
      class: 'forbidden',
      args: { party: mine.address },
    });
    expect(await verdict(early)).toMatchObject({ code: 'party-unknown', permanent: false });
    const { data } = recordCall(good.statement, good.witness, good.signature);
    await perform(chain.sender(relayer.key), { to: chain.identity.ledger, data }, { pollMs: 5 });
    expect(await verdict(good)).toMatchObject({ code: 'statement-already-recorded', class: 'conflict' });
  });

  test('goes by the latest state where the node has no pending one', async () => {
    const good = await signed(chain.domain, facilityRegistration(mine.address, { country: 2 }), mine);
    const { data } = recordCall(good.statement, good.witness, good.signature);
    const tags: unknown[] = [];
    const node = nodeOver(
      {
        ...chain.rpc,
        send: (method, params) => {
          tags.push(params[1]);
          if (params[1] === 'pending') throw new NodeError(-32602, 'pending state is not available');
          return chain.rpc.send(method, params);
        },
      },
      chain.identity.ledger,
    );
    expect(await node.simulate(data)).toBeNull();
    expect(await node.simulate(data)).toBeNull();
    expect(tags).toEqual(['pending', 'latest', 'latest']);
  });
});

describe('acts of the roles', () => {
  const acts: [RoleAct, typeof registrar][] = [
    [{ act: 'suspend', party: mine.address, evidence }, registrar],
    [{ act: 'reinstate', party: mine.address, evidence }, registrar],
    [{ act: 'accredit', auditor: auditor.address, scheme: 'RMAP', evidence }, accreditor],
    [{ act: 'withdraw', auditor: auditor.address, scheme: 'RMAP', evidence }, accreditor],
  ];

  test.each(acts.map(([act, who]) => [act.act, act, who] as const))(
    '%s: done once, however often it is asked for',
    async (_, act, who) => {
      const sender = chain.sender(who.key);
      const done = await ensureAct(chain.node, sender, act);
      expect(done).toMatchObject({ succeeded: true });
      expect(await ensureAct(chain.node, sender, act)).toBeNull();
    },
  );

  test('admit and grant-quota as well', async () => {
    const sender = chain.sender(registrar.key);
    expect(await ensureAct(chain.node, sender, { act: 'admit', party: mine.address, evidence })).toBeNull();
    const site = await signed(chain.domain, facilityRegistration(mine.address, { country: 3 }), mine);
    const { data } = recordCall(site.statement, site.witness, site.signature);
    await perform(chain.sender(relayer.key), { to: chain.identity.ledger, data }, { pollMs: 5 });
    const grant = {
      act: 'grant-quota',
      facility: site.id,
      material: 27,
      recycled: false,
      year: 2026,
      milligrams: 9n,
      evidence,
    } as const;
    expect(await ensureAct(chain.node, sender, grant)).not.toBeNull();
    expect(await ensureAct(chain.node, sender, grant)).toBeNull();
  });

  test('a key without the role is told so, and nothing is sent', async () => {
    const sender = chain.sender(accreditor.key);
    const before = await sender.nonce();
    const refused = performAct(sender, chain.identity.ledger, {
      act: 'admit',
      party: stranger.address,
      evidence,
    });
    await expect(refused).rejects.toThrow(TransactionRefused);
    await expect(refused).rejects.toMatchObject({
      refusal: {
        code: 'access-control-unauthorized-account',
        class: 'forbidden',
        args: { account: accreditor.address },
      },
    });
    expect(await sender.nonce()).toBe(before);
  });
});
