/** The properties of what another program has sent; null unless it is an object. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

export function isText(value: unknown, charactersMax = 1_000): value is string {
  return typeof value === 'string' && value.length <= charactersMax;
}

export function isTextOrNull(value: unknown, charactersMax = 1_000): value is string | null {
  return value === null || isText(value, charactersMax);
}

/** An amount of money, 0 or more, in the currency's smallest unit. */
export function isMinor(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isOneOf<const Choice extends string>(value: unknown, choices: readonly Choice[]): value is Choice {
  return choices.some((choice) => choice === value);
}
