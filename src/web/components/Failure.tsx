import { Alert, Button } from '@mantine/core';
import { ApiError } from '../api.ts';

/** Something could not be read: what, why, and a way on. */
export function Failure({ what, error, retry }: { what: string; error: Error; retry: () => void }) {
  const ours = error instanceof ApiError;
  return (
    <Alert color="red" title={what} role="alert">
      <p>{ours ? error.message : 'The service cannot be reached. Is it running, and are you online?'}</p>
      {(!ours || error.status >= 500) && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
