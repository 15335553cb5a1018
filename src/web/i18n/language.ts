/** The languages that every message exists in. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const KEPT_AS = 'lodebook.language';

function isLanguage(text: string | null): text is Language {
  return languages.some((language) => language === text);
}

/** What the reader chose here before, else what the browser asks for first that there is, else English. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

/** For the next visit. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language);
}
