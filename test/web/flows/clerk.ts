import { readFile } from 'node:fs/promises';
import writeXlsxFile from 'write-excel-file/node';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { TestService } from '../../support/service.ts';
import { until } from '../../support/until.ts';
import type { Reader } from './reader.ts';
import { goTo, statusOf, typeOre } from './supplier.ts';

const HEADER = ['commodity', 'mass', 'content', 'serial', 'batch', 'gtin'];
const RIGHT = [
  ['2605.00', '12.5 t', 'Co=6.5%; Cu=1.2%', '', 'B-1', ''],
  ['2605.00', '450 kg', 'Co=12 kg', '', 'B-2', ''],
];
const WRONG = [['26', '12.5', 'Xx=6.5%', '', '', ''], RIGHT[0] ?? []];

async function workbook(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const cells = [HEADER, ...rows].map((row) => row.map((value) => ({ value, type: String })));
  return writeXlsxFile(cells).toBuffer();
}

/** Imports lots from a workbook, after one that is wrong. @returns the lots that the result names */
export async function importLots(reader: Reader): Promise<Hex[]> {
  await goTo(reader, 'import');
  const template = await reader.save(reader.button(reader.says('supplier:import.template')));
  if (!(await readFile(template.path, 'utf8')).includes(HEADER.join(',')))
    reader.troubles.push('the template of an import has other columns');
  const give = async (rows: readonly (readonly string[])[], name: string) =>
    reader.give(reader.page.getByRole('button', { name: reader.says('supplier:import.file') }), {
      name,
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await workbook(rows),
    });
  await give(WRONG, 'wrong.xlsx');
  await reader.page.getByText(reader.says('supplier:import.error.material')).waitFor();
  for (const what of ['commodity', 'mass'] as const)
    await reader.page.getByText(reader.says(`supplier:import.error.${what}`)).waitFor();
  await reader.look('import-wrong');
  await give(RIGHT, 'lots.xlsx');
  await reader.page.getByText(reader.says('supplier:import.found', { count: RIGHT.length })).waitFor();
  await reader.look('import-preview');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.lookAtDialog('sign-an-import');
  await reader.sign();
  await reader.page
    .getByText(reader.says('supplier:import.progress', { done: 1, count: 1 }), { exact: true })
    .waitFor();
  await reader.look('import-result');
  const result = await reader.save(reader.button(reader.says('supplier:import.result')));
  const found = (await readFile(result.path, 'utf8')).match(/(?<=^\d+,)0x[0-9a-f]{64}/gm) ?? [];
  if (found.length !== RIGHT.length) throw new Error(`The result of an import names ${found.length} lots`);
  return found as Hex[];
}

/** Undoes what made a lot that is held, and says why. */
export async function correct(reader: Reader, service: TestService, lot: Hex): Promise<void> {
  await goTo(reader, 'holdings');
  const row = reader.page.locator('.lot-row').filter({ hasText: lot.slice(0, 10) });
  await reader.click(row.getByRole('button', { name: reader.says('supplier:correct.open') }));
  await reader.type('textbox', reader.says('supplier:correct.reason'), 'A zero too many.');
  await reader.lookAtDialog('correct');
  await reader.click(
    reader.page.getByRole('dialog').getByRole('button', { name: reader.says('supplier:review') }),
  );
  await reader.page.getByText(reader.says('session:sign.lead.Correction')).waitFor();
  const reason = reader.page.getByRole('textbox', { name: reader.says('supplier:correct.reason') });
  await reason.waitFor({ state: 'detached' });
  await reader.lookAtDialog('sign-a-correction');
  await reader.sign();
  await statusOf(service, lot, 'void');
}

/** Calls back what nobody has received. */
export async function recall(reader: Reader, service: TestService, lot: Hex): Promise<void> {
  await goTo(reader, 'holdings');
  await reader.click(reader.page.getByRole('tab', { name: reader.says('supplier:boxes.outgoing') }));
  const call = reader.button(reader.says('supplier:recall.open'));
  await call.waitFor();
  await reader.look('outgoing');
  await reader.click(call);
  await reader.lookAtDialog('sign-a-recall');
  await reader.sign();
  await statusOf(service, lot, 'held');
}

/** Refuses the only delivery that is on its way. */
export async function refuse(reader: Reader, service: TestService, lot: Hex): Promise<void> {
  await goTo(reader, 'receive');
  await reader.take(reader.says('supplier:receive.refuse'));
  await reader.look('refuse');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.lookAtDialog('sign-a-refusal');
  await reader.sign();
  await statusOf(service, lot, 'held');
}

/** Lets an account sign, and ends that. */
export async function delegate(reader: Reader, account: Hex): Promise<void> {
  await goTo(reader, 'delegates');
  await reader.type('textbox', reader.says('supplier:delegates.account'), account);
  await reader.click(reader.page.getByRole('checkbox', { name: reader.says('terms:scope.dispatch') }));
  const day = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  await reader.typeDay(reader.says('supplier:delegates.last'), day);
  await reader.look('delegate');
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.lookAtDialog('sign-a-delegation');
  await reader.sign();
  const end = reader.button(reader.says('supplier:delegates.end'));
  await end.waitFor();
  await reader.look('delegates');
  await reader.click(end);
  await reader.lookAtDialog('sign-the-end-of-a-delegation');
  await reader.sign();
  await end.waitFor({ state: 'detached' });
}

/** Answers the only request with the first paper of this browser. */
export async function answer(reader: Reader, service: TestService, request: string): Promise<void> {
  await goTo(reader, 'requests');
  const list = reader.page.getByRole('combobox', { name: reader.says('supplier:requests.with') });
  const paper = list.locator('option').nth(1);
  await paper.waitFor({ state: 'attached' });
  await reader.pick(reader.says('supplier:requests.with'), (await paper.textContent()) ?? '');
  await reader.type('textbox', reader.says('supplier:requests.note'), 'As asked.');
  await reader.look('request');
  await reader.click(reader.button(reader.says('supplier:requests.send')));
  await reader.page.getByText(reader.says('supplier:requests.evidence'), { exact: true }).waitFor();
  await reader.look('request-answered');
  const { body } = await service.get<{ answer: object | null }>(`/v1/requests/${request}`);
  if (body.answer === null) throw new Error(`${request} has no answer`);
}

/** Signs a lot's registration with no network, sees that it waits, and that it is sent once there is one. */
export async function registerOffline(reader: Reader, service: TestService, party: Hex): Promise<void> {
  const count = async () =>
    (await service.get<{ items: object[] }>(`/v1/lots?custodian=${party}`)).body.items.length;
  const before = await count();
  await goTo(reader, 'register');
  await typeOre(reader, '3');
  await reader.page.context().setOffline(true);
  await reader.click(reader.button(reader.says('supplier:review')));
  await reader.page.getByText(reader.says('session:sign.offline')).waitFor();
  await reader.lookAtDialog('sign-offline');
  await reader.sign();
  await reader.click(reader.button(reader.says('session:tray.open', { count: 1 })));
  const tray = reader.page.getByRole('dialog');
  await tray.getByText(reader.says('session:tray.queued')).waitFor();
  await reader.look('waits-for-the-network');
  if ((await count()) !== before) throw new Error('What was signed offline was sent');
  await reader.page.context().setOffline(false);
  await tray.getByText(reader.says('session:tray.queued')).waitFor({ state: 'detached' });
  await until(async () => (await count()) === before + 1, { what: 'what was signed offline on the ledger' });
  await reader.look('sent');
  await reader.page.keyboard.press('Escape');
  await tray.waitFor({ state: 'detached' });
}
