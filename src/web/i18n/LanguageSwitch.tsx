import { useIsHere } from '../components/useIsHere.ts';
import { changeLanguage, useLanguage, useT } from './i18n.ts';
import { languages } from './language.ts';

const NAMES = { en: 'English', fr: 'Français' } as const;

/** Every language by its own name; the one of the moment is marked. */
export function LanguageSwitch() {
  const t = useT('common');
  const now = useLanguage();
  const isHere = useIsHere();
  return (
    <nav className="languages" aria-label={t('language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className="quiet-button"
          disabled={!isHere}
          aria-pressed={language === now}
          aria-label={`${language.toUpperCase()}, ${NAMES[language]}`}
          onClick={() => void changeLanguage(language)}
        >
          {language.toUpperCase()}
        </button>
      ))}
    </nav>
  );
}
