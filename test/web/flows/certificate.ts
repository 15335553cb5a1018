import { copyFile, rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { TestService } from '../../support/service.ts';
import type { Reader } from './reader.ts';

/** What the code of a lot's label says. */
export async function labelOf(service: TestService, lot: Hex): Promise<string> {
  const { body } = await service.get<string>(`/v1/lots/${lot}/label.svg`);
  const text = /<title>([^<]+)<\/title>/.exec(body)?.[1];
  if (text === undefined) throw new Error(`The label of ${lot} says nothing`);
  return text;
}

/** From the first page, by the list of lots: finds why the newest of them does not meet its policy, and how much is concerned. */
export async function findWhy(reader: Reader, mass: RegExp): Promise<void> {
  await reader.goto('/');
  await reader.look('first-page');
  await reader.click(reader.page.getByRole('link', { name: reader.says('common:home.latest') }));
  await reader.page.locator('.lot-card').first().waitFor();
  await reader.look('latest-lots');
  await reader.click(reader.page.locator('.lot-card a').first());
  await reader.page
    .getByRole('heading', { name: reader.says('certificate:verdict.fails'), exact: true })
    .waitFor();
  const why = reader.page.getByRole('region', { name: reader.says('certificate:findings.breach') });
  await why.filter({ hasText: mass }).waitFor();
  await reader.look('certificate-fails');
}

/** From the first page, by what a label says. */
export async function openByLabel(reader: Reader, label: string): Promise<void> {
  await reader.goto('/');
  await reader.type('textbox', reader.says('common:home.ask'), label);
  await reader.click(reader.button(reader.says('common:home.open')));
  await reader.page
    .getByRole('heading', { name: reader.says('certificate:verdict.unknown'), exact: true })
    .waitFor();
  await reader.page.getByRole('heading', { name: reader.says('certificate:custody.title') }).waitFor();
  await reader.look('certificate');
}

/** Looks at the lot under the next policy of the list. */
export async function checkAnother(reader: Reader): Promise<void> {
  const name = reader.says('buyer:policy.label');
  const option = reader.page.getByRole('combobox', { name, exact: true }).locator('option').nth(1);
  await reader.pick(name, (await option.textContent()) ?? '');
  await reader.page.waitForURL(`**policy=${await option.getAttribute('value')}*`);
  await reader.page.locator('#verdict').waitFor();
  await reader.look('another-policy');
}

/** Downloads the certificate as one file, and opens it from the disk, with no network. @returns what was wrong there */
export async function openOffline(reader: Reader): Promise<string[]> {
  const { path } = await reader.save(
    reader.page.getByRole('link', { name: reader.says('certificate:check.download') }),
  );
  // By its ending a browser knows what to do with a file.
  const file = `${path}.html`;
  await copyFile(path, file);
  const offline = await reader.another({ url: pathToFileURL(file).href, who: 'file', offline: true });
  await offline.goto('');
  await offline.page
    .getByRole('heading', { name: offline.says('certificate:verdict.unknown'), exact: true })
    .waitFor();
  await offline.page.getByRole('heading', { name: offline.says('check:file.how') }).waitFor();
  await offline.look('one-file');
  await offline.close();
  await rm(file);
  return offline.troubles;
}
