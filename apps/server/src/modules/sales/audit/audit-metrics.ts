import { Exposition } from '../../../platform/telemetry/index.ts';

export type AuditMetrics = {
  audited(verdict: 'clean' | 'broken', durationMs: number): void;
  /** An audit ended with an error and has no verdict. */
  failed(): void;
  /** How many events the continuous audit knows as broken now. */
  broken(events: number): void;
};

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** The continuous audit's metrics; without an exposition they are counted for nobody. */
export function buildAuditMetrics(exposition: Exposition = new Exposition()): AuditMetrics {
  const audits = exposition.counters('tessera_audits_total', 'Audits that ended, by verdict.');
  const counters = {
    clean: audits.with({ verdict: 'clean' }),
    broken: audits.with({ verdict: 'broken' }),
    failed: audits.with({ verdict: 'none' }),
  };
  const durations = exposition.histograms('tessera_audit_seconds', 'Time an audit in the background takes.', SECONDS).with({});
  let brokenEvents = 0;
  exposition.gauge('tessera_audit_broken_events', 'Events whose last audit was broken. Anything above 0 is an alarm.', () => brokenEvents);
  return {
    audited: (verdict, durationMs) => {
      counters[verdict].add();
      durations.observe(durationMs / 1000);
    },
    failed: () => counters.failed.add(),
    broken: (events) => {
      brokenEvents = events;
    },
  };
}
