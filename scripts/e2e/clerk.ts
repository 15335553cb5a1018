import type { Hex } from '../../src/protocol/hex.ts';
import { type Account, account } from '../../test/support/accounts.ts';
import { admit, type TestService } from '../../test/support/service.ts';
import {
  dispatch,
  facilityRegistration,
  output,
  production,
  seconds,
} from '../../test/support/statements.ts';
import {
  answer,
  correct,
  delegate,
  importLots,
  recall,
  refuse,
  registerOffline,
} from '../../test/web/flows/clerk.ts';
import { importKey, leaveAndReturn, makeKeyAndFile } from '../../test/web/flows/keys.ts';
import { grantQuota } from '../../test/web/flows/supplier.ts';
import { joinByWallet } from '../../test/web/flows/wallet.ts';
import { asReader, type Run } from './run.ts';

type Partner = { readonly who: Account; readonly site: Hex };

/** What goes on at a supplier's desk besides: by a wallet, from a workbook, back and forth, and with no network. */
export async function clerkRun(run: Run): Promise<void> {
  const { service, name } = run;
  const [clerk, partner] = await Promise.all([`clerk ${name}`, `partner ${name}`].map((who) => account(who)));
  if (!clerk || !partner) throw new Error('nobody is there');
  await admit(service, `clerk ${name}`, `partner ${name}`);
  const here = await withSite(service, clerk);
  const there = await withSite(service, partner);
  await grantQuota(service, here.site);
  await asReader(run, 'clerk', async (reader) => {
    await joinByWallet(reader, clerk);
    const [first] = await importLots(reader);
    if (first) await correct(reader, service, first);
    await recall(reader, service, await sent(service, here, there));
    await refuse(reader, service, await sent(service, there, here));
    await delegate(reader, account(`delegate ${name}`).address);
    const asked = { subject: here.site, message: 'Please show the assay.' };
    const { body } = await service.post<{ id: string }>('/v1/requests', asked);
    await answer(reader, service, body.id);
    await registerOffline(reader, service, clerk.address);
  });
}

async function withSite(service: TestService, who: Account): Promise<Partner> {
  return { who, site: (await service.record(facilityRegistration(who.address), who)).id };
}

/** One party's lot on its way to another, which may be called back at once. */
async function sent(service: TestService, from: Partner, to: Partner): Promise<Hex> {
  const made = production({ custodian: from.who.address, facility: from.site }, [output(5_000n)]);
  const [lot] = (await service.record(made, from.who)).lots;
  if (!lot) throw new Error('no lot was made');
  const route = { consignor: from.who.address, consignee: to.who.address, from: from.site, to: to.site };
  const times = { recallFrom: seconds() - 20 };
  await service.record(dispatch(route, [{ lot, head: lot }], times), from.who);
  return lot;
}

/** A key is made in one browser, and its file is brought to another. */
export async function keysRun(run: Run): Promise<void> {
  const { account: mine, keystore } = await asReader(run, 'key-maker', async (reader) => {
    await reader.goto('/supplier');
    await reader.click(
      reader.page.locator('main').getByRole('button', { name: reader.says('supplier:choose') }),
    );
    return makeKeyAndFile(reader, `Keys ${run.name}`);
  });
  await asReader(run, 'key-bringer', async (reader) => {
    await importKey(reader, keystore, mine);
    await leaveAndReturn(reader, mine, keystore);
  });
}
