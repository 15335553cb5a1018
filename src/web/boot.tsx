import './style.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isAnswered } from './components/Failure.tsx';
import { startI18n } from './i18n/i18n.ts';
import type { Part } from './i18n/parts.ts';
import { theme } from './theme.ts';

const client = new QueryClient({
  defaultOptions: {
    // What the caller must change does not change by asking again.
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 3 && !(isAnswered(error) && error.status < 500),
    },
  },
});

/** Draws an entry's pages, in the reader's language. @param parts the messages that they need from the start */
export async function boot(pages: ReactNode, parts: readonly Part[]): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root');
  await startI18n(['common', 'terms', ...parts]);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>{pages}</QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
