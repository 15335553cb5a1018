import type { ReactNode } from 'react';

/** A table that scrolls sideways where it has no room, by keyboard too. Mantine's would bring a scroll area of 10 kB along. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="wide-table" aria-label={label} tabIndex={0}>
      <table className="data-table">{children}</table>
    </section>
  );
}
