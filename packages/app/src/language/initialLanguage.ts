/** Where the app language API of plugin-app keeps the choice. */
const STORAGE_KEY = 'language';

/** The languages that Slipway speaks; configuration may offer fewer. */
const LANGUAGES = ['en', 'zh'];

export type ChooseLanguageOptions = {
  /** The query string of the page; `?lang=zh` asks for a language. */
  search: string;
  /** What the person chose before, if anything. */
  stored: string | undefined;
  /** What the browser asks for, most wanted first, e.g. `zh-CN`. */
  preferred: readonly string[];
};

/**
 * The language to start in: what the link says, else what the person chose
 * before, else the first that the browser asks for; undefined where none of
 * them is spoken here, which leaves it to configuration.
 */
export function chooseLanguage(
  options: ChooseLanguageOptions,
): string | undefined {
  const asked = new URLSearchParams(options.search).get('lang') ?? undefined;
  return [asked, options.stored, ...options.preferred]
    .map(tag => tag?.toLowerCase().split('-')[0])
    .find(language => language && LANGUAGES.includes(language));
}

/** Makes the chosen language the one that the app language API finds. */
export function applyInitialLanguage(target: Window): void {
  const language = chooseLanguage({
    search: target.location.search,
    stored: target.localStorage.getItem(STORAGE_KEY) ?? undefined,
    preferred: target.navigator.languages,
  });
  if (language) {
    target.localStorage.setItem(STORAGE_KEY, language);
  }
}
