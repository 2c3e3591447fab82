import { invariant } from '../../../../platform/invariant.ts';
import type { Call, LaneConnection } from '../../../../platform/db/index.ts';

/** What PostgreSQL did for one statement: pages it touched, its time, and what in its plan does not go by a full key. */
export type Explained = { statement: string; pages: number; timeMs: number; offences: string[] };

type PlanNode = Readonly<Record<string, unknown>> & { readonly Plans?: readonly PlanNode[] };
type Explanation = { Plan: PlanNode; 'Execution Time': number };

/** The columns by which the lane finds rows: more than the event wherever an event has many of them. */
const KEYS: Readonly<Record<string, readonly string[][]>> = {
  heads: [['event_id']],
  ticket_types: [['event_id']],
  quotas: [['event_id']],
  quota_ticket_types: [['event_id']],
  bookings: [
    ['event_id', 'id'],
    ['event_id', 'expires_at'],
  ],
  // By their order, as many as are asked for.
  offers: [['event_id', 'ticket_type_id']],
  buyer_totals: [['event_id', 'buyer_key']],
  ledger_commands: [['event_id', 'command_id']],
  promo_codes: [['event_id', 'code']],
  promo_uses: [['event_id', 'buyer_key', 'code']],
  tickets: [['event_id', 'booking_id', 'number']],
  check_ins: [['event_id', 'scan_id']],
  gates: [['event_id', 'id']],
  gate_counts: [['event_id', 'gate_id', 'ticket_type_id']],
};

/**
 * Executes a statement that is prepared on the connection with the plan that is cached for it, and tells what
 * PostgreSQL did. Writes are executed too: the caller rolls back.
 */
export async function explain(connection: LaneConnection, { statement, values }: Call): Promise<Explained> {
  const literals: string[] = [];
  for (const value of values) literals.push(Buffer.isBuffer(value) ? await arrayLiteral(connection, value) : literal(value));
  const execution = `execute ${statement.name}${values.length === 0 ? '' : `(${literals.join(', ')})`}`;
  const answer = await ask(connection, `explain (analyze, buffers, costs off, format json) ${execution}`);
  const [explanation] = (answer ?? []) as Explanation[];
  invariant(explanation, `nothing was explained for ${statement.name}`);
  const { Plan: plan } = explanation;
  const pages = numberIn(plan, 'Shared Hit Blocks') + numberIn(plan, 'Shared Read Blocks');
  return { statement: statement.name, pages, timeMs: explanation['Execution Time'], offences: offencesIn(plan) };
}

let asked = 0;

/** The one value that a statement of one row and column answers. */
async function ask(connection: LaneConnection, text: string, ...values: Call['values']): Promise<unknown> {
  asked += 1;
  const [answer] = await connection.roundTrip([{ statement: { name: `explain_${asked}`, text }, values }]);
  return answer?.rows[0]?.[0];
}

/** `execute` takes no parameters, so an array in PostgreSQL's binary form is written as text by PostgreSQL itself. */
async function arrayLiteral(connection: LaneConnection, array: Buffer): Promise<string> {
  const elementType = String(await ask(connection, `select ${array.readInt32BE(8)}::regtype::text`));
  return literal(String(await ask(connection, `select $1::${elementType}[]::text`, array)));
}

function literal(value: string | number | null): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function numberIn(node: PlanNode, name: string): number {
  return Number(node[name] ?? 0);
}

function offencesIn(node: PlanNode): string[] {
  const found = (node.Plans ?? []).flatMap(offencesIn);
  const where = `${String(node['Node Type'])} on ${String(node['Relation Name'] ?? node['Index Name'] ?? '?')}`;
  for (const name of ['Rows Removed by Filter', 'Rows Removed by Index Recheck', 'Rows Removed by Join Filter']) {
    if (numberIn(node, name) > 0) found.push(`${where}: ${numberIn(node, name)} ${name}`);
  }
  if (node['Node Type'] === 'Seq Scan') found.push(`${where}: reads the whole table`);
  if (String(node['Node Type']).startsWith('Index') && !goesByKey(node)) found.push(`${where}: only by ${String(node['Index Cond'])}`);
  return found;
}

function goesByKey(node: PlanNode): boolean {
  const condition = String(node['Index Cond'] ?? '');
  const keys = KEYS[String(node['Relation Name'])] ?? [];
  return keys.some((columns) => columns.every((column) => new RegExp(`\\b${column}\\b`).test(condition)));
}
