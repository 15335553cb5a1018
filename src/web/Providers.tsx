import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode, Suspense } from 'react';
import { isAnswered } from './components/answered.ts';
import { theme } from './theme.ts';

/** What the pages keep of the service's answers. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the caller must change does not change by asking again.
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 3 && !(isAnswered(error) && error.status < 500),
      },
    },
  });
}

/** What every page is drawn within, by the browser and by the server alike. */
export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  return (
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          {/* What the server drew is taken over from here on in small pieces: it can be scrolled in between. */}
          <Suspense>{children}</Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
