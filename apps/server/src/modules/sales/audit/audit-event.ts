import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import type { AuditMode, AuditProblem, AuditReport } from './audit-report.ts';
import { addProblems, beginRun, type AuditRun } from './audit-run.ts';
import { buildBucketTally } from './buyer-tally.ts';
import { findDrift } from './find-drift.ts';
import { checkBookingsOfWindow } from './check-window.ts';
import { compareCounters, type Compared } from './compare-counters.ts';
import { buildKeyedReader } from '../keyed-reader.ts';
import { readSnapshot, type AuditSnapshot } from './read-snapshot.ts';
import { recountEvent, rollForward } from './recount.ts';
import type { StockSums } from './stock-sums.ts';
import { sumLedger } from './sum-ledger.ts';
import { walkLedger } from './walk-ledger.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

export type AuditDeps = { db: Db; clock: Clock };

export type AuditOptions = {
  /** Counts everything again; else what has happened since the last clean audit. */
  full: boolean;
  /** Awaited between pages. */
  pause?: () => Promise<void>;
  pageMax?: number;
};

/** Rows read at once: some 10 ms of work, less than a batch of the lane takes. Tests make pages small. */
const PAGE_MAX = 1_000;

/**
 * Compares the counters of an event with its ledger and its bookings, while it sells: reads alone, page by page, no
 * lock and no open transaction. A clean audit moves the checkpoint. Null if there is no such event.
 */
export async function auditEvent(deps: AuditDeps, eventId: string, options: AuditOptions): Promise<AuditReport | null> {
  const { pause = noPause, pageMax = PAGE_MAX } = options;
  const run = beginRun({ reader: buildKeyedReader(deps.db), eventId, pause, pageMax });
  const result = options.full ? await auditFully(run) : await auditSinceCheckpoint(run);
  if (!result) return null;
  const report = toReport(run, { ...result, mode: options.full ? 'full' : 'since_checkpoint', checkedAtMs: deps.clock.nowMs() });
  if (report.verdict === 'clean') await deps.db.transaction((tx) => writeCheckpoint(tx, { ...report, sums: result.sums }));
  return report;
}

async function noPause(): Promise<void> {}

type Result = { snapshot: AuditSnapshot; compared: Compared; sums: StockSums };

async function auditSinceCheckpoint(run: AuditRun): Promise<Result | null> {
  const snapshot = await readSnapshot(run.reader, run.eventId);
  if (!snapshot) return null;
  addProblems(run, checkHead(run.eventId, snapshot));
  const { after, sums } = beginAt(snapshot);
  await walkLedger(run, { after, upTo: snapshot.ledgerSeq, withBuyers: false }, async (rows) => {
    addProblems(run, sumLedger(sums, run.eventId, rows));
    await checkBookingsOfWindow(run, rows);
  });
  return { snapshot, sums, compared: compareCounters(snapshot, sums, null) };
}

/** Where the verified part of the ledger ends, and its sums; the beginning if there is no checkpoint that can be right. */
function beginAt({ checkpointSeq, checkpointSums, ledgerSeq }: AuditSnapshot): { after: number; sums: StockSums } {
  if (checkpointSeq === null || checkpointSeq > ledgerSeq) return { after: 0, sums: new Map() };
  return { after: checkpointSeq, sums: new Map(checkpointSums.map(({ id, ...stock }) => [id, stock])) };
}

async function auditFully(run: AuditRun): Promise<Result | null> {
  if (!(await readSnapshot(run.reader, run.eventId))) return null;
  const tallies = { tickets: buildBucketTally(), uses: buildBucketTally() };
  const recount = await recountEvent(run, tallies);
  const snapshot = await readSnapshot(run.reader, run.eventId);
  if (!snapshot) return null;
  await rollForward(run, recount, snapshot.ledgerSeq);
  addProblems(run, checkHead(run.eventId, { ...snapshot, checkpointSeq: null }));
  await findDrift(run, { tickets: tallies.tickets.differing(), uses: tallies.uses.differing() });
  return { snapshot, sums: recount.ledgerSums, compared: compareCounters(snapshot, recount.ledgerSums, recount.bookingSums) };
}

function checkHead(eventId: string, snapshot: AuditSnapshot): AuditProblem[] {
  const problems: AuditProblem[] = [];
  const subject = { kind: 'event', id: eventId } as const;
  const expected = `up to ${snapshot.ledgerSeq}`;
  if (snapshot.hasMore) {
    problems.push({
      code: 'ledger_beyond_head',
      subject,
      expected,
      found: 'more',
      detail: 'The ledger has entries beyond the number in the head.',
    });
  }
  if ((snapshot.checkpointSeq ?? 0) > snapshot.ledgerSeq) {
    const detail = 'More of the ledger was verified than the head knows of. If the database was restored, a full audit settles it.';
    problems.push({ code: 'checkpoint_ahead', subject, expected, found: String(snapshot.checkpointSeq), detail });
  }
  return problems;
}

function toReport(run: AuditRun, of: Result & { mode: AuditMode; checkedAtMs: number }): AuditReport {
  addProblems(run, of.compared.problems);
  return {
    eventId: run.eventId,
    verdict: run.problemsTotal === 0 ? 'clean' : 'broken',
    checkedAtMs: of.checkedAtMs,
    ledgerSeq: of.snapshot.ledgerSeq,
    mode: of.mode,
    ticketTypes: of.compared.ticketTypes,
    quotas: of.compared.quotas,
    bookingsChecked: run.bookingsChecked,
    ledgerChecked: run.ledgerChecked,
    problems: run.problems,
    problemsTotal: run.problemsTotal,
  };
}
