import type { Db } from '../../../apps/server/src/platform/db/index.ts';

/** Counted for whoever asks, refused or not; and written a moment after a key was used. */
const LEFT_OUT: readonly string[] = ['accounts.attempts'];
const COLUMNS_LEFT_OUT: Readonly<Record<string, string>> = { 'accounts.api_keys': 'last_used_at' };

/** A hash of every table’s rows, by its name. */
export type Fingerprint = () => Promise<Readonly<Record<string, string>>>;

export type FingerprintOptions = {
  /** Tables that are not looked at besides. */
  leftOut?: readonly string[];
  /** Rows whose text this matches; all of them without it. */
  about?: string;
};

/** Tells whether anything was written: whoever was refused is seen to have written nothing. */
export async function buildFingerprint(db: Db, { leftOut = [], about = '' }: FingerprintOptions = {}): Promise<Fingerprint> {
  const tables = await db.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const parts = tables
    .filter(({ name }) => !LEFT_OUT.includes(name) && !leftOut.includes(name))
    .map(({ name }) => {
      const row = `(to_jsonb(t) - '${COLUMNS_LEFT_OUT[name] ?? ''}')::text`;
      return `select '${name}' as name, md5(coalesce(string_agg(${row}, e'\\n' order by ${row}), '')) as hash from ${name} t where ${row} ~ $1`;
    });
  return async () => {
    const rows = await db.query<{ name: string; hash: string }>(parts.join(' union all '), [about]);
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  };
}
