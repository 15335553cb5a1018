import type { FacilityKind } from '../../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { TestService } from '../../support/service.ts';
import { until } from '../../support/until.ts';
import { makeKey } from './keys.ts';
import type { Reader } from './reader.ts';

/** After the key is made, as few clicks as people put up with to register and send a first lot. */
export const MOST_CLICKS = 12;

/** Makes a key, is admitted by the registrar, and finds the workspace open. @returns the account */
export async function join(reader: Reader, service: TestService, name: string): Promise<Hex> {
  await reader.goto('/supplier');
  await reader.click(
    reader.page.locator('main').getByRole('button', { name: reader.says('supplier:choose') }),
  );
  const party = await makeKey(reader, name);
  await reader.page
    .getByRole('heading', { name: reader.says('session:admission.title', { name }) })
    .waitFor();
  await reader.look('not-admitted');
  await service.act({ act: 'admit', party, evidence: ZERO_BYTES32 });
  await reader.page.getByRole('heading', { name, exact: true }).waitFor();
  return party;
}

/** Registers a site, a mine where no other kind is named. @returns its id */
export async function registerSite(
  reader: Reader,
  service: TestService,
  { party, name, country, kind }: { party: Hex; name: string; country: string; kind?: FacilityKind },
): Promise<Hex> {
  const register = reader.says('supplier:sites.register');
  await reader.click(reader.page.getByRole('link', { name: register }));
  await reader.type('textbox', reader.says('supplier:sites.name'), name);
  if (kind) await reader.pick(reader.says('supplier:sites.kind'), reader.says(`terms:kind.${kind}`));
  await reader.choose(reader.says('supplier:sites.country'), country);
  await reader.look('register-a-site');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.sign();
  await reader.page.getByText(`${name},`).first().waitFor();
  const { body } = await service.get<{ items: { id: Hex; name: string }[] }>(
    `/v1/facilities?operator=${party}`,
  );
  const site = body.items.find((item) => item.name === name);
  if (!site) throw new Error(`${name} is not on the ledger`);
  return site.id;
}

/** Grants what a mine needs: a self-declared one mints nothing. */
export async function grantQuota(service: TestService, facility: Hex): Promise<void> {
  const year = new Date().getUTCFullYear();
  const what = { material: 27, recycled: false, year, milligrams: 10n ** 12n };
  await service.act({ act: 'grant-quota', facility, ...what, evidence: ZERO_BYTES32 });
}

/** Opens one of the supplier's pages. */
export async function goTo(
  reader: Reader,
  place: 'holdings' | 'register' | 'import' | 'transform' | 'receive' | 'delegates' | 'requests' | 'sites',
): Promise<void> {
  const navigation = reader.page.getByRole('navigation', { name: reader.says('supplier:title') });
  const name = reader.says(`supplier:places.${place}`);
  await reader.click(navigation.getByRole('link', { name, exact: true }));
  await reader.page.getByRole('heading', { level: 1 }).waitFor();
}

/** Describes so many tonnes of cobalt ore at 6.5 %. */
export async function typeOre(reader: Reader, tonnes: string): Promise<void> {
  await reader.choose(reader.says('supplier:commodity.label'), '2605');
  await reader.type('textbox', reader.says('supplier:mass.net'), tonnes);
  await reader.choose(reader.says('supplier:content.material'), 'Cobalt');
  await reader.type('textbox', reader.says('supplier:content.percent'), '6.5');
}

/** Registers 12.5 t of cobalt ore at 6.5 %. @returns the lot's id */
export async function registerLot(reader: Reader, service: TestService, party: Hex): Promise<Hex> {
  await goTo(reader, 'register');
  await typeOre(reader, '12.5');
  await reader.look('register-a-lot');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.lookAtDialog('sign-a-production');
  await reader.sign();
  await reader.page.getByRole('checkbox').first().waitFor();
  await reader.look('overview');
  const { body } = await service.get<{ items: { id: Hex }[] }>(`/v1/lots?custodian=${party}`);
  return body.items[0]?.id ?? ZERO_BYTES32;
}

/** Sends the first lot to somebody. */
export async function sendLot(
  reader: Reader,
  service: TestService,
  lot: Hex,
  consignee: string,
): Promise<void> {
  await reader.click(reader.page.getByRole('checkbox').first());
  await reader.click(
    reader.page.locator('.with-selected').getByRole('link', { name: reader.says('supplier:places.send') }),
  );
  await reader.choose(reader.says('supplier:send.consignee'), consignee);
  await reader.page.getByRole('combobox', { name: reader.says('supplier:send.to') }).waitFor();
  await reader.look('send');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.lookAtDialog('sign-a-dispatch');
  await reader.sign();
  await statusOf(service, lot, 'in-transit');
}

/** Accepts all that is on its way, 12.4 t on arrival. */
export async function receive(reader: Reader, service: TestService, lot: Hex): Promise<void> {
  await goTo(reader, 'receive');
  await reader.type('textbox', reader.says('supplier:receive.weighed'), '12400');
  await reader.look('receive');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.sign();
  await statusOf(service, lot, 'held');
}

/** Tries to make more cobalt than there is, then makes less, and names the loss. @returns the lot that was made */
export async function transform(reader: Reader, service: TestService, lot: Hex): Promise<Hex> {
  await goTo(reader, 'transform');
  await reader.click(reader.page.getByRole('checkbox').first());
  await reader.choose(reader.says('supplier:commodity.label'), '2822');
  await reader.type('textbox', reader.says('supplier:mass.net'), '2');
  await reader.choose(reader.says('supplier:content.material'), 'Cobalt');
  await reader.type('textbox', reader.says('supplier:content.percent'), '60');
  await reader.page.getByText(reader.says('supplier:balance.impossible')).waitFor();
  await reader.look('transform-impossible');
  await reader.type('textbox', reader.says('supplier:content.percent'), '38');
  await reader.look('transform');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.sign();
  await statusOf(service, lot, 'spent');
  const { body } = await service.get<{ custodian: { id: Hex } }>(`/v1/lots/${lot}`);
  const held = await service.get<{ items: { id: Hex }[] }>(
    `/v1/lots?status=held&custodian=${body.custodian.id}`,
  );
  return held.body.items[0]?.id ?? ZERO_BYTES32;
}

/** Waits until a lot is what is wanted. */
export async function statusOf(service: TestService, lot: Hex, wanted: string): Promise<void> {
  await until(async () => (await service.get<{ status: string }>(`/v1/lots/${lot}`)).body.status === wanted, {
    what: `lot ${lot} to be ${wanted}`,
  });
}
