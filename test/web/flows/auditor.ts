import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import type { Outcome } from '../../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { TestService } from '../../support/service.ts';
import { makeKey } from './keys.ts';
import type { Reader } from './reader.ts';

const SCHEME = 'RMAP';
const VIEWS = ['flow', 'map', 'timeline'] as const;

/** Finds a lot by its id, and looks at its history in every way. */
export async function findLot(reader: Reader, lot: Hex): Promise<void> {
  await find(reader, lot);
  const found = reader.page.locator('.lot-card a').first();
  await found.waitFor();
  await reader.look('found');
  await reader.click(found);
  await reader.page.getByRole('heading', { name: reader.says('auditor:attest.title') }).waitFor();
  await reader.page.locator('.tier').first().waitFor();
  await reader.look('ancestry');
  for (const view of VIEWS) {
    await reader.click(reader.page.getByRole('tab', { name: reader.says(`auditor:${view}.tab`) }));
    await reader.page.getByRole('tabpanel').getByRole('table').first().waitFor();
    await reader.look(view);
  }
}

async function find(reader: Reader, text: string): Promise<void> {
  const places = reader.page.getByRole('navigation', { name: reader.says('auditor:places') });
  await reader.click(places.getByRole('link', { name: reader.says('auditor:find.title'), exact: true }));
  await reader.type('textbox', reader.says('auditor:find.name'), text);
  await reader.click(reader.button(reader.says('auditor:find.ask')));
}

/** On a page where one can attest: makes a key, is admitted and accredited, and finds that one may. */
export async function joinAuditor(reader: Reader, service: TestService, name: string): Promise<void> {
  await reader.click(reader.button(reader.says('auditor:attest.choose')));
  const auditor = await makeKey(reader, name);
  await reader.page
    .getByRole('heading', { name: reader.says('session:admission.title', { name }) })
    .waitFor();
  await service.act({ act: 'admit', party: auditor, evidence: ZERO_BYTES32 });
  await reader.page.getByText(reader.says('auditor:attest.noScheme', { name })).waitFor();
  await reader.look('not-accredited');
  await service.act({ act: 'accredit', auditor, scheme: SCHEME, evidence: ZERO_BYTES32 });
  await reader.button(reader.says('auditor:attest.sign')).waitFor();
}

/** Attests to the lot or site that is open, and sees it stand there. `from`: a day, where not from now on. */
export async function attest(
  reader: Reader,
  { outcome, findings, from = '' }: { outcome: Outcome; findings: string; from?: string },
): Promise<Locator> {
  await reader.pick(reader.says('auditor:column.outcome'), reader.says(`terms:outcome.${outcome}`));
  await reader.typeDay(reader.says('auditor:attest.from'), from);
  await reader.type('textbox', reader.says('auditor:attest.findings'), findings);
  await reader.look(`attest-${outcome}`);
  await reader.click(reader.button(reader.says('auditor:attest.sign')));
  await reader.lookAtDialog(`sign-${outcome}`);
  await reader.sign();
  const said = `${reader.says(`terms:outcome.${outcome}`)}, ${reader.says('auditor:standing.in-force')}`;
  const row = reader.page.getByRole('row').filter({ hasText: said });
  await row.waitFor();
  return row;
}

/** Opens a site by its name, and the statements behind its first figure. */
export async function openSite(reader: Reader, name: string): Promise<void> {
  await find(reader, name);
  const found = reader.page.locator('main a').filter({ hasText: name }).first();
  await found.waitFor();
  await reader.look('found-site');
  await reader.click(found);
  await reader.click(reader.page.locator('.link-button').first());
  await reader.page.getByRole('region', { name: reader.says('auditor:book.lines') }).waitFor();
  await reader.look('mass-balance');
}

/** Sees what an attestation touches, and takes it away as working papers. @returns the paper, as CSV */
export async function followImpact(reader: Reader, row: Locator): Promise<string> {
  await reader.click(row.getByRole('button', { name: reader.says('auditor:attest.impact') }));
  const title = reader.says('auditor:impact.title');
  const impact = reader.page
    .locator('section')
    .filter({ has: reader.page.getByRole('heading', { name: title }) });
  await impact.last().getByRole('table').waitFor();
  await reader.look('impact');
  const papers = (kind: 'csv' | 'xlsx') =>
    impact.last().getByRole('button', { name: reader.says(`auditor:paper.${kind}`) });
  const workbook = await reader.save(papers('xlsx'));
  const start = (await readFile(workbook.path)).subarray(0, 2).toString('latin1');
  if (start !== 'PK') reader.troubles.push(`${workbook.name} is no workbook`);
  return readFile((await reader.save(papers('csv'))).path, 'utf8');
}

/** Ends an attestation; `from`: as if it had ended that day. */
export async function revoke(reader: Reader, row: Locator, from = ''): Promise<void> {
  await reader.click(row.getByRole('button', { name: reader.says('auditor:attest.revoke') }));
  await reader.typeDay(reader.says('auditor:attest.endsFrom'), from);
  await reader.look('revoke');
  await reader.click(row.getByRole('button', { name: reader.says('auditor:attest.sign') }));
  await reader.sign();
  await reader.page
    .getByRole('row')
    .filter({ hasText: reader.says('auditor:standing.revoked') })
    .waitFor();
  await reader.look('revoked');
}

/** Looks at what an auditor reads across the ledger. */
export async function lookAround(reader: Reader): Promise<void> {
  const places = reader.page.getByRole('navigation', { name: reader.says('auditor:places') });
  for (const place of ['deliveries', 'redFlags', 'sample'] as const) {
    const title = reader.says(`auditor:${place}.title`);
    await reader.click(places.getByRole('link', { name: title, exact: true }));
    await reader.page.getByRole('heading', { level: 1, name: title }).waitFor();
    if (place === 'sample') await reader.click(reader.button(reader.says('auditor:sample.draw')));
    await reader.page
      .getByRole('table')
      .or(reader.page.getByText(reader.says('auditor:redFlags.none')))
      .or(reader.page.getByText(reader.says('auditor:deliveries.none')))
      .waitFor();
    await reader.look(place);
  }
  await reader.click(reader.page.getByRole('table').getByRole('link').first());
  await reader.page
    .getByRole('heading', { level: 1, name: reader.says('auditor:statement.title') })
    .waitFor();
  await reader.page.getByRole('table').waitFor();
  await reader.look('statement');
}
