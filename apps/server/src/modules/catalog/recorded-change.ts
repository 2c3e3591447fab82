import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;
export type RecordedChange = { before: Fields; after: Fields };

/** Texts beyond this length are recorded by their beginning: a record is for people to read. */
const CHARS_MAX = 400;

/** The fields that a change has changed, as the record of actions keeps them; null if it has changed none. */
export function recordedChange(before: Fields, after: Fields): RecordedChange | null {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (names.length === 0) return null;
  const pick = (fields: Fields) => Object.fromEntries(names.map((name) => [name, shortened(fields[name])]));
  return { before: pick(before), after: pick(after) };
}

function shortened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= CHARS_MAX) return value;
  return `${value.slice(0, CHARS_MAX).toWellFormed()}… (${value.length} characters)`;
}
