import { shortId } from '../format.ts';
import { Rich } from '../i18n/Rich.tsx';

/** That a delegate signed, not the party's own key. Nothing where the own key did. @param text of a message with `<account/>` */
export function SignedBy({ text, account }: { text: string; account: string | null }) {
  if (account === null) return null;
  return (
    <>
      <br />
      <Rich text={text} account={<span title={account}>{shortId(account)}</span>} />
    </>
  );
}
