import { lazy, Suspense, useEffect, useState } from 'react';
import { isChoosing } from './session/choosing.ts';
import { useStore } from './session/store.ts';
import { asked } from './signing/ask.ts';

const identityDialog = async () => ({
  default: (await import('./session/IdentityDialog.tsx')).IdentityDialog,
});
const signingDialog = async () => ({ default: (await import('./signing/SigningDialog.tsx')).SigningDialog });
const IdentityDialog = lazy(identityDialog);
const SigningDialog = lazy(signingDialog);

/** A page is read before that. */
const FETCH_AFTER_MS = 4_000;

/**
 * Who one is, and what one signs. What keys and signatures need is half of the app: it comes when it is wanted, or once the
 * page stands there, so that one can still sign where there is no network later.
 */
export function Dialogs() {
  useEffect(() => {
    const fetchAll = () => void Promise.allSettled([identityDialog(), signingDialog()]);
    const timer = setTimeout(fetchAll, FETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const isWanted = useStore(isChoosing);
  const [wasWanted, setWasWanted] = useState(isWanted);
  if (isWanted && !wasWanted) setWasWanted(true);
  const isAsked = useStore(asked) !== null;
  return (
    <Suspense>
      {wasWanted && <IdentityDialog />}
      {isAsked && <SigningDialog />}
    </Suspense>
  );
}
