import type { Exposition } from './exposition.ts';

/** What a lane reports about itself. Durations in milliseconds, as it measures them. */
export type LaneTelemetry = {
  /** A batch was sent, with this many commands. */
  batch(size: number): void;
  /** A command waited this long in the queue before its batch began. */
  wait(ms: number): void;
  /** From the head's lock to the commit's answer. */
  lockHold(ms: number): void;
  /** The second round trip: writes and commit. */
  commit(ms: number): void;
  /** The same batch was run again. */
  rerun(): void;
  /** A batch was cut in two to find the command that harms it. */
  bisect(): void;
  /** A command was refused because the queue was full. */
  refusedBusy(): void;
  /** A command was dropped unexecuted: past its deadline, or its client had gone. */
  dropped(): void;
};

const SIZES = [1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10000];

/** Fine enough to read a 99th percentile of 10 ms to a tenth. */
const SECONDS = [
  0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008, 0.009, 0.01, 0.011, 0.012, 0.015, 0.02, 0.025, 0.03, 0.04,
  0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10,
];

/** The series of the lanes of one purpose, under `tessera_<name>_…`. */
export function buildLaneTelemetry(exposition: Exposition, name: string): LaneTelemetry {
  const sizes = exposition.histograms(`tessera_${name}_batch_size`, 'Commands in a batch.', SIZES).with({});
  const waits = exposition.histograms(`tessera_${name}_wait_seconds`, 'Time a command waits for its batch.', SECONDS).with({});
  const holds = exposition.histograms(`tessera_${name}_lock_hold_seconds`, 'Time a batch holds the lock of its event.', SECONDS).with({});
  const commits = exposition
    .histograms(`tessera_${name}_commit_seconds`, 'Time of the writes and the commit of a batch.', SECONDS)
    .with({});
  const reruns = exposition.counters(`tessera_${name}_reruns_total`, 'Batches that were run again.').with({});
  const bisections = exposition.counters(`tessera_${name}_bisections_total`, 'Batches that were cut to find a harmful command.').with({});
  const busy = exposition.counters(`tessera_${name}_refused_busy_total`, 'Commands refused because the queue was full.').with({});
  const dropped = exposition.counters(`tessera_${name}_dropped_total`, 'Commands dropped unexecuted.').with({});
  return {
    batch: (size) => sizes.observe(size),
    wait: (ms) => waits.observe(ms / 1000),
    lockHold: (ms) => holds.observe(ms / 1000),
    commit: (ms) => commits.observe(ms / 1000),
    rerun: () => reruns.add(),
    bisect: () => bisections.add(),
    refusedBusy: () => busy.add(),
    dropped: () => dropped.add(),
  };
}
