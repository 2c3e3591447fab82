export { decimalText, formatAmount } from './format-amount.ts';
export { minorDigits } from './minor-digits.ts';
