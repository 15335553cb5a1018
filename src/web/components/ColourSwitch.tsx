import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { useIsHere } from './useIsHere.ts';

/** Light on dark, or dark on light; the browser's own choice until the reader makes one. */
export function ColourSwitch() {
  const t = useT('common');
  const isHere = useIsHere();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="quiet-button"
      disabled={!isHere}
      aria-label={t(other === 'light' ? 'colours.toLight' : 'colours.toDark')}
      title={t(other === 'light' ? 'colours.toLight' : 'colours.toDark')}
      onClick={() => setColorScheme(other)}
    >
      <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
        <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor" />
      </svg>
    </button>
  );
}
