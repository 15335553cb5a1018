import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { Product } from '../../src/api/schemas/products.ts';
import type { DisclosedField } from '../../src/protocol/evidence.ts';
import { disclose, evidenceRoot } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Account } from '../support/accounts.ts';
import { documentOf, publish } from '../support/disclosures.ts';
import { correction } from '../support/key-statements.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration, output, production, seconds } from '../support/statements.ts';

const GTIN = '9520123456788';
let service: TestService;
let maker: Account;
let site: Hex;

beforeAll(async () => {
  service = await startTestService();
  [maker] = (await admit(service, 'maker')) as [Account];
  site = (await service.record(facilityRegistration(maker.address), maker)).id as Hex;
}, 60_000);
afterAll(() => service?.stop());

type Fields = Record<string, string>;
type Made = { lot: Hex; production: Hex; document: { fields: DisclosedField[] } };

/** A lot whose own evidence has these fields, in the open unless told otherwise. */
async function lotWith(
  fields: Fields,
  { inputs = [] as Hex[], shown = Object.keys(fields) } = {},
): Promise<Made> {
  const document = documentOf({ note: `${seconds()}`, ...fields });
  const outputs = [{ ...output(5_000n), evidence: evidenceRoot(document) }];
  const made = production({ custodian: maker.address, facility: site }, outputs, {
    ...(inputs.length > 0 && { process: 'reweigh' as const, occurredAt: seconds() }),
    inputs: inputs.map((lot) => ({ lot, head: lot })),
  });
  const { lots, id } = await service.record(made, maker, { evidence: disclose(document, shown) });
  return { lot: lots[0] as Hex, production: id as Hex, document };
}

type LotLabel = { link: string; product: Product | null };
const labelOf = async (lot: Hex) => (await service.get<LotLabel>(`/v1/lots/${lot}/product`)).body;

/** Follows a link as a browser does, one step. */
async function scan(link: string, accept = 'text/html') {
  const response = await fetch(link, { headers: { accept }, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

describe('a label', () => {
  test('holds a GS1 Digital Link where public evidence has a GTIN with a serial number, and leads to the lot', async () => {
    const { lot } = await lotWith({ gtin: GTIN, serial: 'A-1', batch: 'B 1' });
    const { link, product } = await labelOf(lot);
    expect(link).toBe(`${service.url}/01/0${GTIN}/21/A-1`);
    expect(product).toMatchObject({ gtin: `0${GTIN}`, serial: 'A-1', disputed: false, standing: [lot] });
    expect(await scan(link)).toMatchObject({ status: 307, location: `${service.url}/lots/${lot}` });
    const asked = await scan(link, 'application/json');
    const { body } = await service.get<Product>(String(asked.location).replace(service.url, ''));
    expect(body.claims.map((claim) => claim.lot)).toEqual([lot]);
  });

  test("holds the lot's own page where it has none, or hides it, until it is shown", async () => {
    const plain = await lotWith({ serial: 'A-2' });
    expect(await labelOf(plain.lot)).toMatchObject({
      link: `${service.url}/lots/${plain.lot}`,
      product: null,
    });
    const hidden = await lotWith({ gtin: GTIN, serial: 'A-3' }, { shown: ['gtin'] });
    expect((await labelOf(hidden.lot)).product).toBeNull();
    expect((await publish(service, maker, hidden.document)).status).toBe(200);
    expect((await labelOf(hidden.lot)).link).toBe(`${service.url}/01/0${GTIN}/21/A-3`);
  });

  test('is an image whose code is that of the link, in vectors and in pixels', async () => {
    const { lot } = await lotWith({ gtin: GTIN, serial: '<A&4>' });
    const { link } = await labelOf(lot);
    const svg = await service.get<string>(`/v1/lots/${lot}/label.svg`);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    const { size, data } = create(link, { errorCorrectionLevel: 'M' }).modules;
    const dark = [...svg.body.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(
      ([, x, y]) => (Number(y) - 4) * size + Number(x) - 4,
    );
    expect(dark).toEqual([...data].flatMap((bit, place) => (bit ? [place] : [])));
    expect(svg.body).toContain('S/N &#60;A&#38;4&#62;');
    const png = await fetch(`${service.url}/v1/lots/${lot}/label.png`);
    const bytes = Buffer.from(await png.arrayBuffer());
    expect([png.headers.get('content-type'), bytes.subarray(1, 4).toString()]).toEqual(['image/png', 'PNG']);
    expect(bytes.readUInt32BE(16)).toBe((size + 8) * 8);
  });

  test('comes in sheets, in the order asked for; not of void lots', async () => {
    const [one, two] = [await lotWith({}), await lotWith({})];
    const sheet = await service.get<string>(`/v1/labels?lots=${two.lot},${one.lot}`);
    expect([...sheet.body.matchAll(/<title>(http[^<]*)</g)].map(([, link]) => link)).toEqual(
      [two, one].map(({ lot }) => `${service.url}/lots/${lot}`),
    );
    expect(sheet.body).toContain('size: A4');
    await service.record(correction(maker.address, one.production), maker);
    for (const path of [`/v1/labels?lots=${one.lot}`, `/v1/lots/${one.lot}/label.svg`])
      expect((await service.get<Problem>(path)).body.code).toBe('lot-is-void');
    expect((await service.get<Problem>('/v1/labels?lots=1')).body.code).toBe('invalid-request');
    expect((await service.get<Problem>(`/v1/labels?lots=0x${'ab'.repeat(32)}`)).body.code).toBe(
      'unknown-lot',
    );
  });
});

describe('one serial number', () => {
  test('that two lots claim is flagged, wherever one looks', async () => {
    const [first, second] = [
      await lotWith({ gtin: GTIN, serial: 'D-1' }),
      await lotWith({ gtin: `0${GTIN}`, serial: 'D-1' }),
    ];
    for (const { lot } of [first, second]) {
      const { product, link } = await labelOf(lot);
      expect(product).toMatchObject({ disputed: true, standing: [second.lot, first.lot] });
      const page = await scan(link);
      expect(page.status).toBe(300);
      expect(page.text).toContain('Several lots claim this serial number');
      for (const claim of [first, second]) expect(page.text).toContain(`/lots/${claim.lot}`);
    }
  });

  test('goes on with the product: weighed anew it is no other, and void lots claim nothing', async () => {
    const fields = { gtin: GTIN, serial: 'C-1' };
    const old = await lotWith(fields);
    const next = await lotWith(fields, { inputs: [old.lot] });
    const { product, link } = await labelOf(old.lot);
    expect(product).toMatchObject({ disputed: false, standing: [next.lot] });
    expect((await scan(link)).location).toBe(`${service.url}/lots/${next.lot}`);
    const wrong = await lotWith(fields);
    expect((await labelOf(next.lot)).product?.disputed).toBe(true);
    await service.record(correction(maker.address, wrong.production), maker);
    expect((await labelOf(next.lot)).product?.disputed).toBe(false);
  });
});

test('a batch leads to its one lot, or to all of them without a warning', async () => {
  const one = await lotWith({ gtin: GTIN, batch: 'LOT/7' });
  const { link } = await labelOf(one.lot);
  expect(link).toBe(`${service.url}/01/0${GTIN}/10/LOT%2F7`);
  expect((await scan(link)).location).toBe(`${service.url}/lots/${one.lot}`);
  const two = await lotWith({ gtin: GTIN, batch: 'LOT/7', serial: '9' });
  const page = await scan(link);
  expect([page.status, page.text.includes('Several lots are of this batch')]).toEqual([300, true]);
  expect((await scan(`${link}/21/9`)).location).toBe(`${service.url}/lots/${two.lot}`);
});

test.each([
  [`/01/${GTIN}/21/none`, 404, 'unknown-product'],
  ['/01/9520123456789/21/A-1', 400, 'invalid-request'],
  [`/01/${GTIN}/21/${'x'.repeat(21)}`, 400, 'invalid-request'],
  [`/v1/products/${GTIN}`, 400, 'invalid-request'],
  [`/v1/products/${GTIN}?batch=none`, 404, 'unknown-product'],
])('%s: %i %s', async (path, status, code) => {
  const reply = await service.get<Problem>(path);
  expect([reply.status, reply.body.code]).toEqual([status, code]);
});
