import type { Client } from 'pg';

/** Tables outside the cells: they are not found by event. Everything else is a cell table. */
export const HOME_TABLES = ['catalog.organizations', 'catalog.organization_profiles', 'catalog.venues', 'platform.migrations'];
/** Schemas in which every table is a home or a reader table. */
const HOME_SCHEMAS = ['accounts', 'buyers', 'organizations'];

/** Tables that a lane reads by key while it holds the head’s lock. */
export const LANE_TABLES = [
  'sales.heads',
  'sales.ticket_types',
  'sales.quotas',
  'sales.quota_ticket_types',
  'sales.bookings',
  'sales.buyer_totals',
  'sales.ledger_commands',
  'sales.promo_codes',
  'sales.promo_uses',
  'sales.offers',
  'tickets.tickets',
  'tickets.check_ins',
  'tickets.gates',
  'tickets.gate_counts',
  'payments.owed',
  'payments.balances',
];

type KeyRow = { table: string; key: string; columns: string[] };

/** Primary keys, unique constraints and indexes, and foreign keys of cell tables that lack event_id. */
export async function keysWithoutEvent(client: Client): Promise<string[]> {
  const unique = await client.query<KeyRow>(`${INDEX_COLUMNS} where i.indisunique`);
  const foreign = await client.query<KeyRow>(
    `select n.nspname || '.' || c.relname as table, k.conname as key,
        array(select a.attname::text from unnest(k.conkey) with ordinality u (n, o)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by o) as columns
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f'`,
  );
  return [...unique.rows, ...foreign.rows].filter((row) => isCell(row.table) && !row.columns.includes('event_id')).map(describe);
}

/** Tables of the lane that have more than one index beginning with event_id. */
export async function secondIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<KeyRow>(INDEX_COLUMNS);
  const beginning = rows.filter((row) => row.columns[0] === 'event_id' && LANE_TABLES.includes(row.table));
  return beginning.filter((row) => beginning.filter((other) => other.table === row.table).length > 1).map(describe);
}

/** Triggers on cell tables; there are none. */
export async function cellTriggers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string; key: string }>(
    `select n.nspname || '.' || c.relname as table, t.tgname as key
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal`,
  );
  return rows.filter((row) => isCell(row.table)).map((row) => `${row.table}: ${row.key}`);
}

/** Names of HOME_TABLES and LANE_TABLES that do not exist: the lists must not outlive their tables. */
export async function unknownTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string | null }>('select to_regclass(t)::text as name from unnest($1::text[]) t', [
    [...HOME_TABLES, ...LANE_TABLES],
  ]);
  return [...HOME_TABLES, ...LANE_TABLES].filter((_, index) => rows[index]?.name === null);
}

const INDEX_COLUMNS = `select n.nspname || '.' || c.relname as table, x.relname as key,
    array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality u (n, o)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.n order by o) as columns
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^(pg_|information_schema)'`;

function isCell(table: string): boolean {
  return !HOME_TABLES.includes(table) && !HOME_SCHEMAS.includes(table.split('.')[0]!);
}

function describe(row: KeyRow): string {
  return `${row.table}: ${row.key} (${row.columns.join(', ')})`;
}
