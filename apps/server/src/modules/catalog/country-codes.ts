/** What Intl names although it is no country of ISO 3166-1; Kosovo's XK is in wide use and stays. */
const NO_COUNTRIES = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Whether two capital letters are a country of today (ISO 3166-1 alpha-2). */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || NO_COUNTRIES.has(code) || names.of(code) === undefined) return false;
  // A code that was given up is spelt as its successor: SU as RU.
  return new Intl.Locale(`und-${code}`).region === code;
}

/** Its English name. */
export function countryName(code: string): string {
  return names.of(code) ?? code;
}
