import { type ReactNode, useState } from 'react';
import { useLanguage } from '../i18n/i18n.ts';
import { useIsHere } from './useIsHere.ts';

/** React leaves alone what stands in an element whose HTML is not its own affair. */
const untouched = { suppressHydrationWarning: true, dangerouslySetInnerHTML: { __html: '' } };

type Props = {
  /** What the children show. */
  readonly of: readonly unknown[];
  readonly children: ReactNode;
};

/**
 * What can only be read: where the server drew it, it stays as it stands there, and a phone does not work it out a second time,
 * until something in it changes. Nothing in it may need the page's script.
 */
export function AsDrawn({ of, children }: Props) {
  const isHere = useIsHere();
  const language = useLanguage();
  const [drawn] = useState({ of, language });
  const [isStill, setStill] = useState(!isHere && !import.meta.env.SSR);
  const isSame = language === drawn.language && of.every((one, index) => one === drawn.of[index]);
  // What the server drew is gone with the first change: what was drawn from again, is drawn again.
  if (isStill && !isSame) setStill(false);
  if (isStill && isSame) return <div key="drawn" className="as-drawn" {...untouched} />;
  return (
    <div key="ours" className="as-drawn">
      {children}
    </div>
  );
}
