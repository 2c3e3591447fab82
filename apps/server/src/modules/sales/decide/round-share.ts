import type { Rounding } from '../prices.ts';

/** So many tickets at so much each. */
export type Part = { unitMinor: number; quantity: number };

/**
 * The share `numerator / denominator` of all parts, in whole minor units. Rounded for each ticket, for each line or once
 * for the booking, as the rules say: only the first does not depend on how tickets stand in lines, only the last not on
 * how amounts stand in parts.
 */
export function shareOf(parts: readonly Part[], [numerator, denominator]: readonly [number, number], { mode, per }: Rounding): number {
  if (per === 'booking') return scale(sumOf(parts), numerator, denominator, mode);
  return parts.reduce((sum, { unitMinor, quantity }) => {
    const ofPart =
      per === 'ticket'
        ? quantity * scale(unitMinor, numerator, denominator, mode)
        : scale(quantity * unitMinor, numerator, denominator, mode);
    return sum + ofPart;
  }, 0);
}

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { unitMinor, quantity }) => sum + unitMinor * quantity, 0);
}

/** `amount × numerator ÷ denominator`, all of them whole and not negative, exactly, then rounded. */
export function scale(amount: number, numerator: number, denominator: number, mode: Rounding['mode']): number {
  const product = amount * numerator;
  if (!Number.isSafeInteger(product)) return scaleBig(amount, numerator, denominator, mode);
  const rest = product % denominator;
  return (
    (product - rest) / denominator + Number(goesUp(mode, rest * 2 - denominator, ((product - rest) / denominator) % 2 === 1, rest > 0))
  );
}

function scaleBig(amount: number, numerator: number, denominator: number, mode: Rounding['mode']): number {
  const product = BigInt(amount) * BigInt(numerator);
  const rest = Number(product % BigInt(denominator));
  const whole = product / BigInt(denominator);
  return Number(whole) + Number(goesUp(mode, rest * 2 - denominator, whole % 2n === 1n, rest > 0));
}

/** `overHalf`: the sign of what is left against one half. */
function goesUp(mode: Rounding['mode'], overHalf: number, isOdd: boolean, hasRest: boolean): boolean {
  switch (mode) {
    case 'down':
      return false;
    case 'up':
      return hasRest;
    case 'half_up':
      return overHalf >= 0;
    case 'half_even':
      return overHalf > 0 || (overHalf === 0 && isOdd);
  }
}
