/** The languages that every message exists in. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const KEPT_AS = 'lodebook.language';

export function isLanguage(text: string | null): text is Language {
  return languages.some((language) => language === text);
}

/** What the reader chose here before, else what the browser asks for. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  return isLanguage(kept) ? kept : languageAmong(navigator.languages);
}

/** What is asked for first that there is, else English. @param tags as BCP 47 spells them, the best first */
export function languageAmong(tags: readonly string[]): Language {
  return tags.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** How numbers and dates read: as the reader's own kind of the language has it, where there is one. */
export function localeOf(language: Language, tags: readonly string[]): string {
  const own = tags.filter((tag) => tag.toLowerCase().startsWith(language));
  return own.find(isWellFormed) ?? language;
}

/** Browsers also pass on what their system calls its language, such as `en-US@posix`, at which Intl throws. */
function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** For the next visit. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language);
}
