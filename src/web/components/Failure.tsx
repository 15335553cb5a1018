import { Alert, Button } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';

/** What the service answered, where it answered at all: `status` of HTTP, `code` of the closed list. */
export type Answered = Error & { readonly status: number; readonly code: string };

/** Whether the service answered with a problem of its own, and not the network. */
export function isAnswered(error: Error): error is Answered {
  return 'status' in error && 'code' in error;
}

/** Something could not be read: what, why, and a way on. */
export function Failure({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const t = useT('common');
  const answered = isAnswered(error);
  return (
    <Alert color="red" title={what} role="alert">
      <p>{answered ? error.message : t('unreachable')}</p>
      {(!answered || error.status >= 500) && (
        <Button size="xs" variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
