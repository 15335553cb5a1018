import { useCallback, useSyncExternalStore } from 'react';
import { setLocale } from '../format.ts';
import { keepLanguage, type Language, languages, localeOf, preferredLanguage } from './language.ts';
import { type AnyPart, filesFor, type MessageKey, type Part, type ServicePart } from './parts.ts';
import type { ReadMessages } from './reading.ts';
import { type Translate, Translator, type Values } from './translator.ts';

const translators = { en: new Translator('en'), fr: new Translator('fr') } satisfies Record<
  Language,
  Translator
>;
const loaded = new Set<Part>();
const listeners = new Set<() => void>();
let current: Language = 'en';
let read: ReadMessages = async () => {
  throw new Error('Nobody has said yet where messages are read from');
};

/** Starts in the reader's language, with these parts. @param from where this and all other messages are read from */
export async function startI18n(parts: readonly Part[], from: ReadMessages): Promise<void> {
  read = from;
  current = preferredLanguage();
  await loadParts(parts);
  show();
}

/** Loads parts in every language: a server speaks them all. */
export async function loadLanguages(parts: readonly Part[], from: ReadMessages): Promise<void> {
  read = from;
  for (const part of parts) loaded.add(part);
  await Promise.all(languages.map(fetchMissing));
}

/** From now on this language is spoken, whose parts are loaded. @param locale how its numbers and dates read */
export function speak(language: Language, locale: string): void {
  current = language;
  setLocale(locale);
}

/** Whether these are the words of the moment. */
export function isSpoken({ language, locale }: { language: string; locale: string }): boolean {
  return language === current && locale === localeOf(current, navigator.languages);
}

/** Adds parts, in the language of the moment. A part that is there already costs nothing. */
export async function loadParts(parts: readonly Part[]): Promise<void> {
  for (const part of parts) loaded.add(part);
  await fetchMissing(current);
}

/** Adds what the service says, in a language. English has no need of it: the service speaks it. */
export async function loadServicePart(language: Language, part: ServicePart): Promise<void> {
  if (language !== 'en') await fetchFile(language, part);
}

/** Changes the language of the pages, and keeps the choice. */
export async function changeLanguage(language: Language): Promise<void> {
  await fetchMissing(language);
  current = language;
  keepLanguage(language);
  show();
}

async function fetchMissing(language: Language): Promise<void> {
  await Promise.all(
    [...loaded].flatMap((part) => filesFor(part, language)).map((part) => fetchFile(language, part)),
  );
}

async function fetchFile(language: Language, part: AnyPart): Promise<void> {
  const translator = translators[language];
  if (!translator.has(part)) translator.add(part, await read(language, part));
}

function show(): void {
  document.documentElement.lang = current;
  speak(current, localeOf(current, navigator.languages));
  for (const listener of listeners) listener();
}

/** The text where there is one. @param key `part:way.through.the.file` */
export function findMessage(key: string, values?: Values): string | undefined {
  return translators[current].find(key, values);
}

/** What stands for words of a policy, where somebody has translated them. */
export function findPolicyWords(english: string): string | undefined {
  return translators[current].instead('policies', english);
}

/** Outside of components, where the reader's language of the moment is what counts. */
export function translate<P extends Part>(part: P): Translate<P> {
  return (key: MessageKey<P>, values?: Values) => {
    const whole = key.includes(':') ? key : `${part}:${key}`;
    return translators[current].find(whole, values) ?? whole;
  };
}

/** The language of the pages. A component that asks is drawn again when it changes. */
export function useLanguage(): Language {
  const now = () => current;
  return useSyncExternalStore(subscribe, now, now);
}

/** Translates messages of a part, whose file must be loaded: `t('title')`, `t('terms:status.held')`. */
export function useT<P extends Part>(part: P): Translate<P> {
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language is another translation
  return useCallback(translate(part), [language, part]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
