/**
 * Array literals for `unnest`. `pg` escapes every element of an array by itself; for the long arrays of a
 * batch that costs more than the rest of the request, and ids and numbers need no escaping.
 */

/** `{a,b}` from UUIDs; null becomes NULL. The caller has parsed them: nothing else may come in here. */
export function uuidArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** `{1,2}` from numbers; null becomes NULL. */
export function numberArray(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** `{t,f}` from booleans. */
export function booleanArray(values: readonly boolean[]): string {
  return `{${values.map((value) => (value ? 't' : 'f')).join(',')}}`;
}

/**
 * `{"a","b"}` from any texts. JSON's escaping of quotes and backslashes is PostgreSQL's inside array elements;
 * control characters are not, so they must not come in raw: callers pass words of ours or JSON, which has none.
 */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : JSON.stringify(value))).join(',')}}`;
}
