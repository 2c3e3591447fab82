import assert from 'node:assert/strict';
import type { Command } from './operation.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { auditEvent, createSale } from '../../apps/server/src/modules/sales/index.ts';
import type { Outcome } from '../../apps/server/src/modules/sales/outcomes.ts';
import type { Db } from '../../apps/server/src/platform/db/index.ts';
import { compareCounters } from './compare-counters.ts';
import { compareMoney } from './compare-money.ts';
import { buildFillIn } from './fill-in.ts';
import { type Model, openModel } from './model.ts';
import type { EventPlan, Operation, Plan, Result } from './operation.ts';
import { plan } from './plan.ts';
import { readEvent } from './read-event.ts';
import { recount } from './recount.ts';
import { followRound } from './witness.ts';

/** A way into one server's lanes. */
export type Submit = (eventId: string, command: Command) => Promise<Outcome>;

export type SimulationOptions = { seed: number; operations: number; db: Db; servers: readonly Submit[] };

/** How often each answer was given, and how often the ledger says that stock moved in each way. */
export type Tally = Map<string, number>;

const RECOUNT_EVERY_ROUNDS = 20;

/**
 * Runs everything that the seed plans against servers that share one database. After each round the model follows what
 * happened and is compared with the counters; now and then the database is recounted from its rows. Throws where the
 * sale and the model part, naming the round.
 */
export async function simulate({ seed, operations, db, servers }: SimulationOptions): Promise<Tally> {
  const { events, rounds }: Plan = plan({ seed, operations, servers: servers.length });
  const models = events.map(openModel);
  const fillIn = buildFillIn(models);
  for (const event of events) await openSale(db, event);
  const tally: Tally = new Map();
  for (const [index, round] of rounds.entries()) {
    const results = await Promise.all(fillIn(round).map((operation) => run(servers, operation)));
    for (const result of results) count(tally, result);
    await inRound(index, () => checkRound(db, models, results, index % RECOUNT_EVERY_ROUNDS === 0 || index === rounds.length - 1));
  }
  for (const event of events) {
    await countLedger(tally, db, event);
    await assertAuditClean(db, event);
  }
  return tally;
}

/** The sale's own audit finds nothing either. */
async function assertAuditClean(db: Db, { eventId }: EventPlan): Promise<void> {
  const report = await auditEvent({ db, clock: systemClock }, eventId, { full: true });
  assert.deepEqual(report?.problems, [], `the audit of event ${eventId}`);
}

async function countLedger(tally: Tally, db: Db, { eventId }: EventPlan): Promise<void> {
  const rows = await db.query<{ kind: string; count: number }>(
    'select kind, count(*)::int from sales.ledger where event_id = $1 group by kind',
    [eventId],
  );
  for (const { kind, count: more } of rows) tally.set(`ledger: ${kind}`, (tally.get(`ledger: ${kind}`) ?? 0) + more);
}

async function openSale(db: Db, { eventId, terms }: EventPlan): Promise<void> {
  await db.transaction((tx) => createSale(tx, { eventId, currency: 'EUR', terms }));
}

async function run(servers: readonly Submit[], operation: Operation): Promise<Result> {
  try {
    return { operation, outcome: await servers[operation.server]!(operation.eventId, operation.command), error: null };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { operation, outcome: null, error };
  }
}

async function checkRound(db: Db, models: readonly Model[], results: readonly Result[], isRecounted: boolean): Promise<void> {
  for (const model of models) {
    const ofEvent = results.filter(({ operation }) => operation.eventId === model.eventId);
    const stored = await readEvent(db, { eventId: model.eventId, afterSeq: model.factSeq, withMoney: isRecounted });
    followRound(model, stored.facts, ofEvent);
    compareCounters(model, stored);
    if (stored.money) compareMoney(model, stored.money);
    if (isRecounted) await recount(db, model.eventId);
  }
}

async function inRound(index: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`Round ${index}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function count(tally: Tally, { operation, outcome, error }: Result): void {
  const replayed = outcome && 'replayed' in outcome && outcome.replayed ? ' (repeat)' : '';
  const reason = outcome?.kind === 'promo_refused' ? ` (${outcome.reason})` : '';
  const name = `${operation.command.kind}: ${outcome?.kind ?? error?.name}${reason}${replayed}`;
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
