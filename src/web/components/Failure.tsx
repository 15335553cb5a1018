import { Alert, Button } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { isAnswered } from './answered.ts';
import { ProblemText } from './ProblemText.tsx';

/** Something could not be read: what, why, and a way on. */
export function Failure({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const t = useT('common');
  const answered = isAnswered(error);
  return (
    <Alert color="red" title={what} role="alert">
      <p>{answered ? <ProblemText error={error} /> : t('unreachable')}</p>
      {(!answered || error.status >= 500) && (
        <Button size="xs" variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Alert>
  );
}
