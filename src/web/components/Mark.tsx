const PATHS = {
  check: 'M4.5 10.5l3.6 3.6 7.4-8',
  cross: 'M5.5 5.5l9 9m0-9l-9 9',
  question: 'M7 7.4a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1m0 3v.1',
  exclamation: 'M10 4.5v7m0 3.6v.1',
  info: 'M10 9v6m0-9.6v.1',
  dash: 'M5.5 10h9',
} as const;

export type Sign = keyof typeof PATHS;

/** A round sign that goes with words: drawn, because not every font has a tick. `large` beside a headline. */
export function Mark({ sign, large = false }: { sign: Sign; large?: boolean }) {
  return (
    <svg className={large ? 'mark large' : 'mark'} viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="10" />
      <path d={PATHS[sign]} />
    </svg>
  );
}
