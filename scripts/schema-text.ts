import type { Client } from 'pg';

/**
 * The schema of a database as SQL text, in a fixed order, from PostgreSQL's catalogue. It is for reading and comparing;
 * the migrations are what makes a database. The same on PostgreSQL 15 and 18.
 */
export async function schemaText(client: Client): Promise<string> {
  const { rows } = await client.query<{ schema: string; name: string; options: string[] | null; oid: number }>(TABLES);
  const functions = await client.query<{ definition: string }>(FUNCTIONS);
  const parts: string[] = functions.rows.map(({ definition }) => `${definition.trim()};\n`);
  for (const table of rows) parts.push(await tableText(client, table));
  const views = await client.query<{ schema: string; name: string; definition: string }>(VIEWS);
  for (const { schema, name, definition } of views.rows) parts.push(`create view ${schema}.${name} as\n${definition}\n`);
  return `-- Written by scripts/write-schema.ts from a migrated database. Do not edit: change a migration and write it again.\n\n${parts.join('\n')}`;
}

const OWN_SCHEMAS = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

const TABLES = `select n.nspname as schema, c.relname as name, c.reloptions as options, c.oid
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and ${OWN_SCHEMAS} order by 1, 2`;

const FUNCTIONS = `select pg_get_functiondef(p.oid) as definition
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${OWN_SCHEMAS} order by n.nspname, p.proname`;

const TRIGGERS = `select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`;

const VIEWS = `select n.nspname as schema, c.relname as name, pg_get_viewdef(c.oid) as definition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'v' and ${OWN_SCHEMAS} order by 1, 2`;

const COLUMNS = `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "isRequired",
    pg_get_expr(d.adbin, d.adrelid) as "byDefault"
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

/** Without not-null constraints, which have rows of their own from PostgreSQL 18 on. */
const CONSTRAINTS = `select conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint where conrelid = $1 and contype <> 'n' order by contype desc, conname`;

/** Indexes that are not made by a constraint. */
const INDEXES = `select pg_get_indexdef(i.indexrelid) as definition
  from pg_index i where i.indrelid = $1 and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = $1)
  order by 1`;

type Table = { schema: string; name: string; options: string[] | null; oid: number };
type Column = { name: string; type: string; isRequired: boolean; byDefault: string | null };

async function tableText(client: Client, table: Table): Promise<string> {
  const columns = await client.query<Column>(COLUMNS, [table.oid]);
  const constraints = await client.query<{ name: string; definition: string }>(CONSTRAINTS, [table.oid]);
  const indexes = await client.query<{ definition: string }>(INDEXES, [table.oid]);
  const triggers = await client.query<{ definition: string }>(TRIGGERS, [table.oid]);
  const lines = [...columns.rows.map(columnText), ...constraints.rows.map(({ name, definition }) => `constraint ${name} ${definition}`)];
  const options = table.options ? ` with (${table.options.join(', ')})` : '';
  const create = `create table ${table.schema}.${table.name} (\n  ${lines.join(',\n  ')}\n)${options};\n`;
  return [create, ...[...indexes.rows, ...triggers.rows].map(({ definition }) => `${definition};\n`)].join('');
}

function columnText({ name, type, isRequired, byDefault }: Column): string {
  return `${name} ${type}${isRequired ? ' not null' : ''}${byDefault === null ? '' : ` default ${byDefault}`}`;
}
