import { auditEvent, type AuditDeps } from './audit-event.ts';
import type { AuditReport } from './audit-report.ts';
import { buildTurns, type Turns } from './turns.ts';

export type AuditAnswer =
  | { kind: 'report'; report: AuditReport }
  | { kind: 'unknown_event' }
  /** Too many audits of other events wait in this process. */
  | { kind: 'busy'; retryAfterSeconds: number };

/** Audits on demand, for anyone who asks. */
export type AuditDesk = { audit(eventId: string, options: { full: boolean }): Promise<AuditAnswer> };

export type DeskLimits = { runsMax: number; fullRunsMax: number; waitingMax: number };

/** Anyone may ask, and a full audit reads a whole event: few run at once, and a crowd shares one. */
const LIMITS: DeskLimits = { runsMax: 2, fullRunsMax: 1, waitingMax: 20 };

const RETRY_AFTER_SECONDS = 5;

/** Runs audits on demand: whoever asks for one that is under way joins it, the others take turns. */
export function buildAuditDesk(deps: AuditDeps, limits: DeskLimits = LIMITS): AuditDesk {
  const underWay = new Map<string, Promise<AuditAnswer>>();
  const turns = { full: buildTurns(limits.fullRunsMax, limits.waitingMax), quick: buildTurns(limits.runsMax, limits.waitingMax) };
  return {
    audit: (eventId, { full }) => {
      const key = `${eventId} ${full}`;
      const joined = underWay.get(key);
      if (joined) return joined;
      const begun = run(deps, full ? turns.full : turns.quick, { eventId, full }).finally(() => underWay.delete(key));
      underWay.set(key, begun);
      return begun;
    },
  };
}

async function run(deps: AuditDeps, turns: Turns, of: { eventId: string; full: boolean }): Promise<AuditAnswer> {
  const turn = await turns.take();
  if (!turn) return { kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS };
  try {
    const report = await auditEvent(deps, of.eventId, { full: of.full });
    return report ? { kind: 'report', report } : { kind: 'unknown_event' };
  } finally {
    turn.end();
  }
}
