import type { Db } from '../../../apps/server/src/platform/db/index.ts';
import { parseCellId, parseId } from '../../../apps/server/src/platform/ids/index.ts';
import type { Tenant } from './tenant.ts';

/** Written whoever asks, or a moment after a key was used. */
const LEFT_OUT = ['accounts.attempts', 'buyers.offsets'];

/** A hash of every row that names a tenant’s organization, events, people or buyers, by table. */
export type Rows = () => Promise<Readonly<Record<string, string>>>;

export async function buildRows(db: Db, { ids }: Tenant): Promise<Rows> {
  const events = [parseId('evt', ids.event), parseId('evt', ids.open)];
  const buyers = await db.query<{ key: string }>('select distinct buyer_key as key from sales.bookings where event_id = any($1)', [events]);
  const people = await db.query<{ id: string }>(
    `select person_id as id from organizations.members where organization_id = $1
     union select person_id from accounts.sessions where id = $2`,
    [parseId('org', ids.org), parseId('ses', ids.session)],
  );
  const booking = parseCellId('bkg', ids.booking)!.id;
  const uuids = [parseId('org', ids.org), ...events, ...buyers.map(({ key }) => key), ...people.map(({ id }) => id), booking];
  const tables = await db.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const parts = tables
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .map(({ name }) => {
      const row = name === 'accounts.api_keys' ? `(to_jsonb(t) - 'last_used_at')::text` : 'to_jsonb(t)::text';
      return `select '${name}' as name, md5(coalesce(string_agg(${row}, e'\\n' order by ${row}), '')) as hash from ${name} t where ${row} ~ $1`;
    });
  return async () => {
    const rows = await db.query<{ name: string; hash: string }>(parts.join(' union all '), [uuids.join('|')]);
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  };
}
