import assert from 'node:assert/strict';
import { Random } from '../../hostile/random.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import { freshKey } from '../contract/buyer.ts';
import { freshAddress } from '../contract/person.ts';
import type { Houses } from '../houses.ts';
import { operationsOf } from '../policies/operations.ts';
import { ghostOf } from './ghosts.ts';
import { planOf, write, type Plan, type Written } from './plan.ts';
import { buildRows } from './rows.ts';
import type { Ids, Slot, Tenant } from './tenant.ts';

export type ProbeOptions = { houses: Houses; own: Tenant; other: Tenant; seed: number; count: number };
type Answer = { status: number; text: string };

/**
 * Sends requests of one tenant with ids of the other, each followed by the same request with ids of nobody. What is
 * another’s must be answered as what is not there, show nothing and change nothing. Two requests a pair.
 */
export async function probe({ houses, own, other, seed, count }: ProbeOptions): Promise<Readonly<Record<number, number>>> {
  const methods = new Map(operationsOf(houses.routes).map(({ name, method }) => [name, method]));
  const ghost = ghostOf(other.ids, systemClock.nowMs());
  const rows = await buildRows(houses.db, other);
  const before = await rows();
  const seen: Record<number, number> = {};
  for (let index = 0; index < count / 2; index += 1) {
    const plan = planOf(new Random(seed, index));
    const method = methods.get(plan.template.name) ?? 'GET';
    const ask = (ids: Ids) => send(houses, { method, ...write(plan, own.ids, ids), token: own.tokens[plan.caller] });
    const [theirs, nobodys] = [await ask(other.ids), await ask(ghost)];
    const label = `TEST_SEED=${seed}, pair ${index}: ${plan.caller} ${method} ${JSON.stringify(write(plan, own.ids, other.ids))}`;
    compare({ plan, theirs, nobodys, other, ghost, label });
    assertHidden(theirs, { other, written: write(plan, own.ids, other.ids), plan, label });
    seen[theirs.status] = (seen[theirs.status] ?? 0) + 1;
  }
  assert.deepEqual(await rows(), before, `TEST_SEED=${seed}: rows of another tenant have changed`);
  return seen;
}

type Sent = Written & { method: string; token: string | null };

async function send({ server }: Houses, { method, path, body, key, token }: Sent): Promise<Answer> {
  const answer = await server.inject({
    method: method as 'GET',
    url: path,
    remoteAddress: freshAddress(),
    headers: { 'idempotency-key': key ?? freshKey(), ...(token !== null && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body };
}

type Pair = { plan: Plan; theirs: Answer; nobodys: Answer; other: Tenant; ghost: Ids; label: string };

/** Refusals are alike but for the ids that were sent and the request's own; what is granted names nothing foreign at all. */
function compare({ plan, theirs, nobodys, other, ghost, label }: Pair): void {
  assert.ok(theirs.status < 500, `${label}: ${theirs.text}`);
  assert.equal(theirs.status, nobodys.status, `${label}: ${theirs.text} and of nobody ${nobodys.text}`);
  if (theirs.status >= 400) assert.equal(plain(theirs.text, other.ids), plain(nobodys.text, ghost), label);
  const named = [...plan.foreign].filter((slot) => !GRANTED.has(slot));
  if (theirs.status < 300 && !FOR_EVERYBODY.has(plan.template.name)) assert.deepEqual(named, [], `${label}: granted`);
}

/** Pages that are answered to everybody who names anything: what is somebody’s their scripts read, as whom they run. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set(['GET /bookings/{id}', 'GET /tickets/{id}']);

/** An unknown code opens nothing and is no error; the list of events goes on from any place. */
const GRANTED: ReadonlySet<Slot> = new Set<Slot>(['access', 'promo']);

function plain(text: string, ids: Ids): string {
  let plainer = text.replace(/"request_id":"[^"]*"/, '');
  for (const [slot, id] of Object.entries(ids)) {
    plainer = plainer.replaceAll(new RegExp(escaped(id.slice(4, -1)), 'gi'), slot);
  }
  return plainer;
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

type Hidden = { other: Tenant; written: Written; plan: Plan; label: string };

/** Nothing that bears the other's mark, and no id of theirs that was not sent, but those that everybody may see. */
function assertHidden({ text }: Answer, { other, written, label }: Hidden): void {
  const sent = `${written.path} ${JSON.stringify(written.body ?? null)}`.toLowerCase();
  const answered = text.toLowerCase();
  if (!sent.includes(other.mark.toLowerCase())) assert.ok(!answered.includes(other.mark.toLowerCase()), `${label}: ${text}`);
  for (const [slot, id] of Object.entries(other.ids)) {
    if (slot === 'open' || slot === 'openType' || slot === 'org') continue;
    assert.ok(sent.includes(id.toLowerCase()) || !answered.includes(id.toLowerCase()), `${label} shows ${slot}: ${text}`);
  }
}
