/** The canonical spelling of a language (BCP 47), or null if the text is none. */
export function canonicalLanguage(text: string): string | null {
  // Longer first parts are well-formed and name no language: `german`.
  if (!/^[a-z]{2,3}(-|$)/i.test(text)) return null;
  try {
    return new Intl.Locale(text).toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Each language and what it is a kind of: zh-Hant-TW is found under zh-Hant and zh, too. */
export function languageKeys(languages: readonly string[]): string[] {
  const keys = languages.flatMap((language) => {
    const parts = language.split('-');
    return parts.map((_, index) => parts.slice(0, index + 1).join('-'));
  });
  return [...new Set(keys)];
}
