import { shortId } from '../format.ts';

/** That a delegate signed, not the party's own key. Nothing where the own key did. */
export function SignedBy({ what, account }: { what: string; account: string | null }) {
  if (account === null) return null;
  return (
    <>
      <br />
      {what} signed by a delegate, <span title={account}>{shortId(account)}</span>
    </>
  );
}
