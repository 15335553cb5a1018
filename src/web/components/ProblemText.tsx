import { useEffect, useReducer } from 'react';
import { findMessage, loadServicePart, useLanguage, useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { isAnswered } from './answered.ts';

/** Why something went wrong. What the service answered is said in the reader's language; all else as it is worded. */
export function ProblemText({ error }: { error: Error }) {
  return <RefusalText code={isAnswered(error) ? error.code : undefined} words={error.message} />;
}

/** @param props.code of the closed list; undefined where it was not the service that refused */
export function RefusalText({ code, words }: { code: string | undefined; words: string }) {
  return code === undefined ? words : <ServiceText code={code} words={words} />;
}

/** Beside the reader's language stand the service's own words: they alone name the very lot or field. */
function ServiceText({ code, words }: { code: string; words: string }) {
  const t = useT('common');
  const language = useLanguage();
  const said = useProblem(code);
  if (language === 'en') return words;
  const own = <span lang="en">{words}</span>;
  if (said === undefined) return own;
  return (
    <>
      {said}
      <span className="service-words">
        <Rich text={t('serviceWords')} words={own} />
      </span>
    </>
  );
}

/** What a code says in the reader's language; undefined in English, for an unknown code, and until the file is there. */
function useProblem(code: string): string | undefined {
  const language = useLanguage();
  const [, showAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    // Where the file cannot be had, the service's own words stay.
    loadServicePart(language, 'problems').then(showAgain, () => undefined);
  }, [language]);
  return language === 'en' ? undefined : findMessage(`problems:${code}`);
}
