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
  'sales.ledger_commands',
  'accounts.api_keys',
] as const;

/** Recorded only where a request has changed something: how many of those accepted did is not known from outside. */
const CHANGES_OF_WORDS = [
  'venue.changed',
  'venue.archived',
  'question.changed',
  'question.archived',
  'profile.changed',
  'event.changed',
  'event.moved',
];

export type Rows = Record<string, number>;

/** How many rows each table has that a request can write. */
export async function countRows(databaseUrl: string): Promise<Rows> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const counts = TABLES.map((table) => `(select count(*) from ${table})::int as "${table}"`);
    const actions = `(select count(*) from organizations.actions where what <> all ($1))::int as "organizations.actions"`;
    const { rows } = await client.query<Rows>(`select ${[...counts, actions].join(', ')}`, [CHANGES_OF_WORDS]);
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
