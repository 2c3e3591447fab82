import type { Clock } from '../../../platform/clock/index.ts';
import type { AuditReport } from './audit-report.ts';

/** Reports of the last moments, by their events. */
export type RecentReports = {
  find(eventId: string): AuditReport | null;
  keep(report: AuditReport): void;
};

/** Keeps each report for `reuseMs`; audits take turns, so that there are only so many of them at a time. */
export function keepReports(clock: Clock, reuseMs: number): RecentReports {
  const kept = new Map<string, { report: AuditReport; keptAtMs: number }>();
  const isRecent = (keptAtMs: number): boolean => clock.nowMs() - keptAtMs < reuseMs;
  return {
    find: (eventId) => {
      const found = kept.get(eventId);
      return found && isRecent(found.keptAtMs) ? found.report : null;
    },
    keep: (report) => {
      for (const [eventId, { keptAtMs }] of kept) if (!isRecent(keptAtMs)) kept.delete(eventId);
      kept.set(report.eventId, { report, keptAtMs: clock.nowMs() });
    },
  };
}
