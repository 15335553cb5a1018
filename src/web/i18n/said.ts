import { useCallback } from 'react';
import type { Phrase, PolicyWords } from '../../verification/wording/phrase.ts';
import { speak } from '../../verification/wording/speak.ts';
import { findMessage, findPolicyWords, useLanguage } from './i18n.ts';
import { speakerOf } from './speaker.ts';

/** A text for an element, with its language where that is not the page's: `<Text {...said} />`. */
export type Said = { readonly children: string; readonly lang?: string };

const speaker = speakerOf({ find: findMessage, policy: findPolicyWords });

/** Says what the verifier worded, in the reader's language; in English where that lacks the words. */
export function useSaid(): (english: string, wording: Phrase | PolicyWords | readonly Phrase[]) => Said {
  const language = useLanguage();
  return useCallback(
    (english, wording) => {
      if (language === 'en') return { children: english };
      if ('policy' in wording) return ofPolicy(english);
      const sentences = ('key' in wording ? [wording] : wording).map((phrase) => speak(speaker, phrase));
      return sentences.includes(undefined)
        ? { children: english, lang: 'en' }
        : { children: sentences.join(' ') };
    },
    [language],
  );
}

/** Says a policy's own words in the reader's language, where they are translated; else as their author wrote them. */
export function usePolicyWords(): (words: string) => Said {
  const language = useLanguage();
  return useCallback((words) => (language === 'en' ? { children: words } : ofPolicy(words)), [language]);
}

/** In which language an author wrote, nobody has said. */
function ofPolicy(words: string): Said {
  const translated = findPolicyWords(words);
  return translated === undefined ? { children: words, lang: '' } : { children: translated };
}
