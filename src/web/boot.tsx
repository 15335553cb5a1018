import './style.css';
import type { ReactNode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { fetchMessages } from './i18n/fetched.ts';
import { isSpoken, startI18n } from './i18n/i18n.ts';
import type { Part } from './i18n/parts.ts';
import { newQueryClient, Providers } from './Providers.tsx';

/** What the server sent along: what it drew, and the answers that it drew it from. */
type Sent = {
  /** In which words the page stands there; null where it is not the one that this reader is to see. */
  readonly drawn: { readonly language: string; readonly locale: string } | null;
  readonly answers: readonly (readonly [key: readonly unknown[], answer: unknown])[];
};

/** Draws an entry's pages, in the reader's language. @param parts the messages that they need from the start */
export async function boot(
  pages: ReactNode,
  parts: readonly Part[],
  { drawn, answers }: Sent = { drawn: null, answers: [] },
): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root');
  const client = newQueryClient();
  for (const [key, answer] of answers) client.setQueryData(key, answer);
  await startI18n(['common', 'terms', ...parts], fetchMessages);
  const whole = <Providers client={client}>{pages}</Providers>;
  if (drawn && isSpoken(drawn)) hydrateRoot(root, whole);
  else createRoot(root).render(whole);
}
