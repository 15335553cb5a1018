import { type Hex, hex } from '../../../src/protocol/hex.ts';
import type { Reader } from './reader.ts';

const PASSWORD = 'a long enough password';

/** In the dialog that asks who one is: makes a key, which is saved. @returns the account */
export async function makeKey(reader: Reader, name: string): Promise<Hex> {
  await reader.click(reader.button(reader.says('session:keys.make')));
  await reader.type('textbox', reader.says('session:keys.name'), name);
  await reader.type('textbox', reader.says('session:keys.password'), PASSWORD);
  await reader.look('make-a-key');
  const saved = reader.page.waitForEvent('download', { timeout: 90_000 });
  await reader.click(reader.button(reader.says('session:keys.create')));
  const keystore = (await saved).suggestedFilename();
  await reader.page.getByRole('dialog').waitFor({ state: 'detached' });
  return hex(/0x[0-9a-f]{40}/.exec(keystore)?.[0] ?? '');
}
