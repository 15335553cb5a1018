import type { Page } from 'playwright-core';

/** Every page of the app, as its routes say; `*`: what stands where there is no page. axe looks at each. */
export const PAGES = [
  '/',
  '/lots',
  '/*',
  '/lots/:lot',
  '/buyer',
  '/supplier',
  '/supplier/register',
  '/supplier/import',
  '/supplier/transform',
  '/supplier/send',
  '/supplier/receive',
  '/supplier/sites',
  '/supplier/delegates',
  '/supplier/requests',
  '/supplier/*',
  '/auditor',
  '/auditor/lots/:lot',
  '/auditor/sites/:site',
  '/auditor/deliveries',
  '/auditor/sample',
  '/auditor/red-flags',
  '/auditor/statements/:id',
  '/auditor/*',
  'file',
] as const;

/** Every dialog, by the file that it is in, with the message that is its title. */
export const DIALOGS = {
  'session/IdentityDialog.tsx': 'session:title',
  'signing/SigningDialog.tsx': 'session:sign.title',
  'signing/Tray.tsx': 'session:tray.title',
  'supplier/CorrectButton.tsx': 'supplier:correct.title',
} as const;

export type Dialog = (typeof DIALOGS)[keyof typeof DIALOGS];
export type Place = (typeof PAGES)[number] | Dialog;

const patterns = PAGES.filter((page) => page !== 'file').map((page) => ({
  page,
  pattern: new RegExp(`^${page.replace('*', '.+').replaceAll(/:\w+/g, '0x[^/]+')}$`),
}));

/** Which page an address leads to: where several would do, the one that says most. */
export function pageAt(address: string): Place {
  const { protocol, pathname } = new URL(address);
  if (protocol === 'file:') return 'file';
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  const fitting = patterns.filter(({ pattern }) => pattern.test(path)).map(({ page }) => page);
  return (
    fitting.find((page) => !page.endsWith('*')) ?? fitting.toSorted((a, b) => b.length - a.length)[0] ?? '/*'
  );
}

/** Which dialog is open. @throws Error where it is none of those above */
export async function dialogOn(page: Page, says: (key: Dialog) => string): Promise<Dialog> {
  const title = await page.getByRole('dialog').getByRole('heading', { level: 2 }).first().innerText();
  const found = Object.values(DIALOGS).find((key) => title.startsWith(says(key)));
  if (!found) throw new Error(`axe knows no dialog “${title}”`);
  return found;
}
