import type { Hex } from '../../src/protocol/hex.ts';
import {
  goTo,
  grantQuota,
  join,
  MOST_CLICKS,
  receive,
  registerLot,
  registerSite,
  sendLot,
  transform,
} from '../../test/web/flows/supplier.ts';
import { asReader, count, type Run } from './run.ts';

/** What the suppliers made, and the name of the mine. */
export type Made = { readonly ore: Hex; readonly product: Hex; readonly mine: string };

/** A supplier registers a site and a lot, and sends it; another one receives and transforms it. */
export function suppliersRun(run: Run): Promise<Made> {
  const { service, setting, name } = run;
  const country = setting.language === 'en' ? 'Zambia' : 'Zambie';
  const mine = `Pit ${name}`;
  return asReader(run, 'refiner', async (refiner) => {
    const buyer = await join(refiner, service, `Works ${name}`);
    await registerSite(refiner, service, {
      party: buyer,
      name: `Plant ${name}`,
      country,
      kind: 'concentrator',
    });
    const ore = await asReader(run, 'miner', async (miner) => {
      const party = await join(miner, service, `Mine ${name}`);
      miner.clicks = 0;
      const site = await registerSite(miner, service, { party, name: mine, country });
      await grantQuota(service, site);
      const lot = await registerLot(miner, service, party);
      await sendLot(miner, service, lot, buyer.slice(0, 6));
      count(miner, MOST_CLICKS, 'after the key was made, a first lot was registered and sent');
      return lot;
    });
    await receive(refiner, service, ore);
    const product = await transform(refiner, service, ore);
    for (const place of ['delegates', 'requests', 'sites'] as const) {
      await goTo(refiner, place);
      await refiner.look(place);
    }
    await refiner.goto('/supplier/nothing');
    await refiner.page.getByRole('heading', { name: refiner.says('common:notFound.title') }).waitFor();
    await refiner.look('no-page-of-suppliers');
    return { ore, product, mine };
  });
}
