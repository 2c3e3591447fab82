import { execFileSync } from 'node:child_process';
import { Client } from 'pg';
import { headerOf, type Answer } from './answer-reader.ts';
import type { Writes } from './routes.ts';

const TABLES = [
  'catalog.organizations',
  'catalog.events',
  'catalog.venues',
  'catalog.questions',
  'organizations.members',
  'organizations.invitations',
  'catalog.ticket_types',
  'catalog.quotas',
  'sales.heads',
  'sales.ticket_types',
  'sales.quotas',
  'sales.promo_codes',
  'sales.bookings',
  'accounts.api_keys',
  'tickets.gates',
  'tickets.desk_bookings',
] as const;

/** Changes of words are recorded where they change something, and no answer tells whether they did. */
const ACTIONS = `(select count(*) from organizations.actions where what not in
  ('profile.changed', 'venue.changed', 'venue.archived', 'event.changed', 'event.moved', 'question.changed', 'question.archived', 'refund_policy.ended', 'attendee.changed'))::int as "organizations.actions"`;

/** The sale of the person's draft follows its words where they change its end: no answer tells that either. */
const COMMANDS = `(select count(*) from sales.ledger_commands where event_id not in (select e.event_id from catalog.events e
  join catalog.organizations o on o.id = e.organization_id where o.slug = 'persons-house'))::int as "sales.ledger_commands"`;

export type Rows = Record<string, number>;

/** How many rows each table has that a request can write. */
export async function countRows(databaseUrl: string): Promise<Rows> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const counts = TABLES.map((table) => `(select count(*) from ${table})::int as "${table}"`);
    const { rows } = await client.query<Rows>(`select ${[ACTIONS, COMMANDS, ...counts].join(', ')}`);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}

/** Adds what an answer says was written: nothing for a refusal, and nothing for a repeat. */
export function addWrites(rows: Rows, writes: Writes | undefined, answer: Answer): void {
  const wasWritten = answer.status < 300 && headerOf(answer, 'idempotency-replayed') === null;
  if (!wasWritten) return;
  for (const [table, count] of Object.entries(writes ?? {})) rows[table] = (rows[table] ?? 0) + count;
}

/** Megabytes of memory that a process has, as the system counts them. */
export function rssMb(pid: number): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
}
