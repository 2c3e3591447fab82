import { uuidFromText } from '../../../platform/ids/index.ts';
import { readSale } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { insertRun, readRun } from '../queries/refund-runs.ts';
import type { RefundRun, RunTerms } from './refund-run.ts';

export type BeginRun = { eventId: string; terms: RunTerms; createdBy: string; idempotencyKey: string };

export type BegunRun =
  | { kind: 'run'; run: RefundRun; replayed: boolean }
  | { kind: 'key_reused' }
  | { kind: 'refused'; reason: 'event_not_cancelled' | 'run_under_way' | 'too_late' };

/** Begins a mass refund: a row, which some server then carries on. The same key begins it once. */
export async function beginRun({ db, sales, clock }: Payments, { eventId, terms, createdBy, idempotencyKey }: BeginRun): Promise<BegunRun> {
  const id = uuidFromText(`refund run\n${eventId}\n${idempotencyKey}`);
  const fingerprint = uuidFromText(JSON.stringify(terms));
  const known = await readRun(db, eventId, id);
  if (known) return known.fingerprint === fingerprint ? { kind: 'run', run: known, replayed: true } : { kind: 'key_reused' };
  // Who refunds all of an event that goes on has made a mistake.
  const state = (await readSale(sales, eventId))?.terms.state;
  if (terms.choice === 'refund_all' && state !== 'cancelled') return { kind: 'refused', reason: 'event_not_cancelled' };
  if (terms.decideUntilMs !== null && terms.decideUntilMs <= clock.nowMs()) return { kind: 'refused', reason: 'too_late' };
  const isNew = await insertRun(db, { eventId, id, fingerprint, terms, createdBy });
  const run = await readRun(db, eventId, id);
  if (!run) return { kind: 'refused', reason: 'run_under_way' };
  if (run.fingerprint !== fingerprint) return { kind: 'key_reused' };
  return { kind: 'run', run, replayed: !isNew };
}
