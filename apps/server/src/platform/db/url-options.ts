/** What a URL's query may say and what is ours to decide: `pg` would let the URL replace it. */
const OURS: ReadonlySet<string> = new Set([
  'options',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
]);

/** A URL without the settings that are ours, and the text of the `options` that it came with; empty if it had none. */
export type UrlOptions = { connectionString: string; options: string };

/** Takes the timeouts out of a database URL, and its options apart, so that ours can come after them and win. */
export function takeOptions(url: string): UrlOptions {
  const queryAt = url.indexOf('?');
  if (queryAt < 0) return { connectionString: url, options: '' };
  // What stays is left as it was written: `pg` reads it by rules of its own.
  const kept = url
    .slice(queryAt + 1)
    .split('&')
    .filter((part) => !OURS.has(nameOf(part)));
  const options = new URLSearchParams(url.slice(queryAt)).getAll('options').join(' ');
  return { connectionString: `${url.slice(0, queryAt)}${kept.length > 0 ? '?' : ''}${kept.join('&')}`, options };
}

/** `options` that set these, after what the operator's say: where both name a setting PostgreSQL takes the last. */
export function withSettings(own: string, settings: readonly string[]): string {
  return [own, ...settings.map((setting) => `-c ${setting}`)].filter(Boolean).join(' ');
}

function nameOf(part: string): string {
  return new URLSearchParams(part).keys().next().value ?? '';
}
