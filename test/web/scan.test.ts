import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { toBuffer } from 'qrcode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { disclose, evidenceRoot } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Account } from '../support/accounts.ts';
import { openBrowser } from '../support/browser.ts';
import { documentOf } from '../support/disclosures.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { dispatch, facilityRegistration, output, production } from '../support/statements.ts';
import { Reader } from './flows/reader.ts';
import { cameraArgs, readPhoto, scanAndCheck, showToCamera } from './flows/scan.ts';

const MOST_TAPS = 3;

let service: TestService;
let browser: Browser;
let folder: string;
let camera: string;
let maker: Account;
let site: Hex;
let lot: Hex;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'lodebook-camera-'));
  camera = join(folder, 'camera.y4m');
  [service, browser] = await Promise.all([startTestService(), openBrowser(cameraArgs(camera))]);
  [maker] = (await admit(service, 'maker')) as [Account];
  site = (await service.record(facilityRegistration(maker.address), maker)).id;
  const document = documentOf({ gtin: '9520123456788', serial: 'A-1' });
  const outputs = [{ ...output(5_000n), evidence: evidenceRoot(document) }];
  const made = production({ custodian: maker.address, facility: site }, outputs);
  const { lots } = await service.record(made, maker, { evidence: disclose(document, ['gtin', 'serial']) });
  lot = lots[0] as Hex;
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A buyer on a phone, or at a desk. */
const open = (width = 390, language: 'en' | 'fr' = 'en') =>
  Reader.open({
    ...{ browser, url: service.url, language, width, who: 'scanner' },
    pictures: process.env.TEST_PICTURES ?? null,
  });

async function closed(reader: Reader): Promise<void> {
  expect(reader.troubles).toEqual([]);
  await reader.close();
}

const certificateOf = (reader: Reader) => reader.page.waitForURL(`${service.url}/lots/${lot}`);

describe('a buyer', () => {
  test('scans a label with the camera, reads its certificate, and has it checked', async () => {
    await showToCamera(camera, `${service.url}/01/09520123456788/21/A-1`);
    const reader = await open();
    expect(await scanAndCheck(reader)).toBeLessThanOrEqual(MOST_TAPS);
    expect(reader.page.url()).toBe(`${service.url}/lots/${lot}`);
    await closed(reader);
  });

  test('gives a photo of a label instead, where the camera is refused; a picture without a code is said to be one', async () => {
    const reader = await open(1280, 'fr');
    await reader.page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('No', 'NotAllowedError'));
    });
    await reader.goto('/buyer');
    await reader.click(reader.button(reader.says('buyer:scan')));
    await reader.page.getByText(reader.says('buyer:trouble.denied')).waitFor();
    await reader.look('camera-denied');
    await readPhoto(reader, Buffer.from('GIF89a, or so it says'), 'image/gif');
    await reader.page.getByText(reader.says('buyer:trouble.noPicture')).waitFor();
    const label = Buffer.from(await (await fetch(`${service.url}/v1/lots/${lot}/label.png`)).arrayBuffer());
    await readPhoto(reader, label);
    await certificateOf(reader);
    await closed(reader);
  });

  test('is told what a code says that is not of this server, and is led nowhere by it', async () => {
    const reader = await open();
    await reader.goto('/buyer');
    const place = reader.page.url();
    await readPhoto(reader, await toBuffer('javascript:alert("<b>"), \u202eor not'));
    await reader.page.getByText('javascript:alert("<b>"), \\u{202e}or not').waitFor();
    await readPhoto(reader, await toBuffer(`https://evil.example/lots/${lot}`));
    await reader.page.getByText(reader.says('buyer:elsewhere.text', { host: 'evil.example' })).waitFor();
    expect(reader.page.url()).toBe(place);
    await reader.look('elsewhere');
    await reader.click(reader.button(reader.says('buyer:elsewhere.look')));
    await certificateOf(reader);
    await closed(reader);
  });

  test('types what stands on the label, by keyboard alone', async () => {
    const reader = await open();
    const { keyboard } = reader.page;
    await reader.goto('/buyer');
    await reader.page.getByLabel(reader.says('buyer:type.label')).focus();
    await keyboard.type('(01)09520123456788(21)A-2');
    await keyboard.press('Enter');
    await reader.page.getByText(reader.says('buyer:unknownProduct.title')).waitFor();
    await reader.page.getByText(reader.says('buyer:serial.open')).focus();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.type('9520 1234 5678 8');
    await keyboard.press('Tab');
    await keyboard.type('A-1');
    await keyboard.press('Enter');
    await certificateOf(reader);
    await closed(reader);
  });

  test('follows a lot under a policy, and sees what changes of it while looking', async () => {
    const reader = await open(1280);
    await reader.goto(`/lots/${lot}`);
    await reader.page
      .getByLabel(reader.says('buyer:policy.label'))
      .selectOption('eu-batteries-due-diligence');
    await reader.page.getByText(/Under EU Batteries Regulation/).waitFor();
    await reader.click(reader.button(reader.says('buyer:follow.start')));
    await reader.button(reader.says('buyer:follow.stop')).waitFor();
    await reader.look('followed');
    await reader.goto('/buyer');
    await reader.page.getByText('Nothing has changed').waitFor();
    const route = { consignor: maker.address, consignee: maker.address, from: site, to: site };
    await service.record(dispatch(route, [{ lot, head: lot }]), maker);
    await reader.page.getByText('It was held and is now in transit.').waitFor();
    await reader.look('changed');
    await reader.click(reader.button(reader.says('buyer:followed.saw')));
    await reader.page.getByText('Nothing has changed').waitFor();
    await reader.goto(`/lots/${lot}`);
    await reader.page.getByText(/Under EU Batteries Regulation/).waitFor();
    await closed(reader);
  });
});
