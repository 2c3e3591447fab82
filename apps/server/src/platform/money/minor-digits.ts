/**
 * How many decimals a currency has: the exponents of ISO 4217, list one, as its maintenance agency publishes it
 * (https://www.six-group.com/en/products-services/financial-information/data-standards.html). All that are not named have two.
 *
 * `Intl` knows other numbers: those that people write, none for HUF or IQD. Amounts are kept and exchanged in the minor units of ISO,
 * so a price that were written with the decimals of `Intl` would be wrong by a hundred or a thousand times.
 */
const EXPONENTS: readonly (readonly [digits: number, currencies: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const DIGITS_OF_MOST = 2;
const digitsOf = new Map(EXPONENTS.flatMap(([digits, currencies]) => currencies.split(' ').map((currency) => [currency, digits] as const)));

/** Digits behind the point in a currency: 2 for EUR, 0 for JPY, 3 for BHD. */
export function minorDigits(currency: string): number {
  return digitsOf.get(currency) ?? DIGITS_OF_MOST;
}
