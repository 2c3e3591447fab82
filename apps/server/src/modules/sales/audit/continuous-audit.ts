import { setTimeout as sleep } from 'node:timers/promises';
import { systemRandom, type Random } from '../../../platform/random.ts';
import type { Log, Telemetry } from '../../../platform/telemetry/index.ts';
import { auditEvent, type AuditDeps } from './audit-event.ts';
import type { AuditReport } from './audit-report.ts';
import { buildAuditMetrics, type AuditMetrics } from './audit-metrics.ts';
import { dueEvents } from './due-events.ts';

export type ContinuousAuditOptions = AuditDeps & {
  log: Pick<Log, 'error'>;
  telemetry?: Pick<Telemetry, 'exposition'>;
  random?: Random;
  /** The pause between two pages, and between two rounds over all events. Tests shorten them. */
  pageGapMs?: number;
  roundGapMs?: number;
};

/** Short enough to keep up with a rush, long enough to leave the machine to it. */
const PAGE_GAP_MS = 60;
const ROUND_GAP_MS = 5_000;

/** A broken event stays broken until somebody looks at it; its ledger is read again once a minute, not all the time. */
const BROKEN_RECHECK_MS = 60_000;

type Background = ContinuousAuditOptions & { metrics: AuditMetrics; signal: AbortSignal; brokenAtMs: Map<string, number> };

/**
 * The standing audit: goes round the events whose ledger has moved since they were last found clean, one at a time,
 * page by page, with jitter, so that servers that started together drift apart. States: running → stopped.
 */
export function startContinuousAudit(options: ContinuousAuditOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const metrics = buildAuditMetrics(options.telemetry?.exposition);
  const ended = goRound({ ...options, metrics, signal: stopping.signal, brokenAtMs: new Map() });
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

async function goRound(background: Background): Promise<void> {
  while (!background.signal.aborted) {
    try {
      await auditDue(background);
      await rest(background, background.roundGapMs ?? ROUND_GAP_MS);
    } catch (error) {
      if (background.signal.aborted) return;
      background.log.error({ err: error }, 'The continuous audit could not read which events are due.');
      await rest(background, ROUND_GAP_MS).catch(() => undefined);
    }
  }
}

async function auditDue(background: Background): Promise<void> {
  const { brokenAtMs, clock, signal } = background;
  for await (const eventId of dueEvents(background.db)) {
    signal.throwIfAborted();
    if (!brokenAtMs.has(eventId)) await auditOne(background, eventId);
  }
  // Due or not: another server may have found it mended, and then it is due nowhere and an alarm here.
  for (const [eventId, atMs] of [...brokenAtMs]) {
    signal.throwIfAborted();
    if (clock.nowMs() - atMs >= BROKEN_RECHECK_MS) await auditOne(background, eventId);
  }
}

async function auditOne(background: Background, eventId: string): Promise<void> {
  const beganAtMs = background.clock.nowMs();
  try {
    const pause = () => rest(background, background.pageGapMs ?? PAGE_GAP_MS);
    const report = await auditEvent(background, eventId, { full: false, pause });
    if (report) note(background, report, beganAtMs);
    else background.brokenAtMs.delete(eventId);
    background.metrics.broken(background.brokenAtMs.size);
  } catch (error) {
    background.signal.throwIfAborted();
    background.metrics.failed();
    background.log.error({ event_id: eventId, err: error }, 'An audit could not be finished.');
  }
}

function note(background: Background, report: AuditReport, beganAtMs: number): void {
  background.metrics.audited(report.verdict, background.clock.nowMs() - beganAtMs);
  if (report.verdict === 'clean') {
    background.brokenAtMs.delete(report.eventId);
  } else {
    background.brokenAtMs.set(report.eventId, background.clock.nowMs());
    const { eventId, ledgerSeq, problems, problemsTotal } = report;
    const few = problems.slice(0, 10);
    background.log.error(
      { event_id: eventId, ledger_seq: ledgerSeq, problems_total: problemsTotal, problems: few },
      'The audit is broken.',
    );
  }
}

/** Between half and one and a half times `gapMs`; throws when the audit is stopped. */
async function rest(background: Background, gapMs: number): Promise<void> {
  const { random = systemRandom } = background;
  await sleep(gapMs * (0.5 + random()), undefined, { signal: background.signal, ref: false });
}
