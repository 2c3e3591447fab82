import { setTimeout as sleep } from 'node:timers/promises';
import { auditEvent, type AuditDeps } from './audit-event.ts';
import type { AuditReport } from './audit-report.ts';
import { keepReports, type RecentReports } from './recent-reports.ts';
import { buildTurns, type Turns } from './turns.ts';

export type AuditAnswer =
  | { kind: 'report'; report: AuditReport }
  | { kind: 'unknown_event' }
  /** Too many audits of other events wait in this process. */
  | { kind: 'busy'; retryAfterSeconds: number };

/** Audits on demand, for anyone who asks. */
export type AuditDesk = { audit(eventId: string, options: { full: boolean }): Promise<AuditAnswer> };

export type DeskLimits = {
  runsMax: number;
  fullRunsMax: number;
  waitingMax: number;
  /** How long somebody waits for a turn before being told to come back. */
  waitMaxMs: number;
  /** For how long a full report is given to whoever asks next. */
  reuseMs: number;
  /** The pause between two pages of a full audit. */
  pageGapMs: number;
};

/**
 * Anyone may ask, and a full audit reads a whole event: one runs at a time and a crowd shares it; it rests after every
 * page for as long as the page took, so that it never has more than half of PostgreSQL's processor.
 */
const LIMITS: DeskLimits = { runsMax: 2, fullRunsMax: 1, waitingMax: 20, waitMaxMs: 10_000, reuseMs: 5_000, pageGapMs: 10 };

const RETRY_AFTER_SECONDS = 5;

type Desk = { deps: AuditDeps; limits: DeskLimits; turns: { full: Turns; quick: Turns }; reports: RecentReports };

/** Runs audits on demand: whoever asks for one that is under way joins it, the others take turns. */
export function buildAuditDesk(deps: AuditDeps, changed: Partial<DeskLimits> = {}): AuditDesk {
  const limits = { ...LIMITS, ...changed };
  const desk = { deps, limits, turns: turnsWithin(limits), reports: keepReports(deps.clock, limits.reuseMs) };
  const underWay = new Map<string, Promise<AuditAnswer>>();
  return {
    audit: async (eventId, { full }) => {
      const recent = full ? desk.reports.find(eventId) : null;
      if (recent) return { kind: 'report', report: recent };
      const key = `${eventId} ${full}`;
      const joined = underWay.get(key);
      if (joined) return joined;
      const begun = run(desk, { eventId, full }).finally(() => underWay.delete(key));
      underWay.set(key, begun);
      return begun;
    },
  };
}

function turnsWithin({ runsMax, fullRunsMax, waitingMax, waitMaxMs }: DeskLimits): Desk['turns'] {
  const turns = (atOnceMax: number) => buildTurns({ atOnceMax, waitingMax, waitMaxMs });
  return { full: turns(fullRunsMax), quick: turns(runsMax) };
}

async function run({ deps, limits, turns, reports }: Desk, of: { eventId: string; full: boolean }): Promise<AuditAnswer> {
  const turn = await (of.full ? turns.full : turns.quick).take();
  if (!turn) return { kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS };
  try {
    const pause = () => sleep(limits.pageGapMs, undefined, { ref: false });
    const report = await auditEvent(deps, of.eventId, { full: of.full, ...(of.full && { pause }) });
    if (report && of.full) reports.keep(report);
    return report ? { kind: 'report', report } : { kind: 'unknown_event' };
  } finally {
    turn.end();
  }
}
