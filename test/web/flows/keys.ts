import { readFile } from 'node:fs/promises';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import { shortId } from '../../../src/web/format.ts';
import type { Reader } from './reader.ts';

const PASSWORD = 'a long enough password';

/** In the dialog that asks who one is: makes a key, which is saved. @returns the account, and its keystore file */
export async function makeKeyAndFile(
  reader: Reader,
  name: string,
): Promise<{ account: Hex; keystore: Buffer }> {
  await reader.click(reader.button(reader.says('session:keys.make')));
  await reader.type('textbox', reader.says('session:keys.name'), name);
  await reader.type('textbox', reader.says('session:keys.password'), PASSWORD);
  await reader.look('make-a-key');
  const saved = reader.page.waitForEvent('download', { timeout: 90_000 });
  await reader.click(reader.button(reader.says('session:keys.create')));
  const file = await saved;
  const keystore = await readFile(await file.path());
  await reader.page.getByRole('dialog').waitFor({ state: 'detached' });
  return { account: hex(/0x[0-9a-f]{40}/.exec(file.suggestedFilename())?.[0] ?? ''), keystore };
}

/** Like `makeKeyAndFile`. @returns the account */
export async function makeKey(reader: Reader, name: string): Promise<Hex> {
  return (await makeKeyAndFile(reader, name)).account;
}

/** In a browser that has no key: brings a keystore file, with a wrong password first, and acts as its account. */
export async function importKey(reader: Reader, keystore: Buffer, account: Hex): Promise<void> {
  await reader.goto('/supplier');
  await reader.click(
    reader.page.getByRole('banner').getByRole('button', { name: reader.says('session:nobody') }),
  );
  const bring = reader.button(reader.says('session:keys.import'));
  await reader.click(bring);
  const file = reader.page.getByRole('button', { name: new RegExp(`^${reader.says('session:keys.file')}`) });
  await reader.give(file, {
    name: `lodebook-${account}.json`,
    mimeType: 'application/json',
    buffer: keystore,
  });
  await reader.type('textbox', reader.says('session:keys.password'), `not ${PASSWORD}`);
  await reader.click(bring.last());
  await reader.page.getByText(reader.says('session:keys.wrongPassword')).waitFor({ timeout: 90_000 });
  await reader.look('wrong-password');
  await reader.type('textbox', reader.says('session:keys.password'), PASSWORD);
  await reader.click(bring.last());
  await reader.page.getByRole('dialog').waitFor({ state: 'detached', timeout: 90_000 });
  await reader.page.getByText(account, { exact: true }).waitFor();
  await reader.look('key-imported');
}

/** Acts as nobody again, and finds the key still there: to be saved as the same file, and to be opened. */
export async function leaveAndReturn(reader: Reader, account: Hex, keystore: Buffer): Promise<void> {
  await reader.click(reader.page.locator('.identity-button'));
  await reader.lookAtDialog('who-i-am');
  await reader.click(reader.button(reader.says('session:leave')));
  const dialog = reader.page.getByRole('dialog');
  await reader.button(reader.says('session:leave')).waitFor({ state: 'detached' });
  const name = shortId(account);
  const saved = reader.page.waitForEvent('download');
  await reader.click(reader.button(reader.says('session:keys.export', { name })));
  if (!(await readFile(await (await saved).path())).equals(keystore))
    reader.troubles.push('the keystore file that is saved later is another');
  await reader.click(reader.button(reader.says('session:keys.open', { name })));
  await dialog.waitFor({ state: 'detached' });
  await reader.page.getByText(account, { exact: true }).waitFor();
}
