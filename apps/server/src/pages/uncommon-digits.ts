import { minorDigits } from '../platform/money/index.ts';

const COMMON_DIGITS = 2;

/**
 * The currencies that have not two digits behind the point: "BHD:3 JPY:0 …". For scripts, which know the currency of a booking only
 * once they have read it, and whose browsers know other numbers than ISO 4217.
 */
export const UNCOMMON_DIGITS = Intl.supportedValuesOf('currency')
  .filter((currency) => minorDigits(currency) !== COMMON_DIGITS)
  .map((currency) => `${currency}:${minorDigits(currency)}`)
  .join(' ');
