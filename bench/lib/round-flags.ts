import type { Flag } from './flags.ts';

/** Flags of every bench that sends rounds of requests. */
export const roundFlags = {
  rounds: { kind: 'number', least: 1, byDefault: 5, meaning: 'rounds; figures are their medians' },
  seconds: { kind: 'number', least: 0.5, byDefault: 6, meaning: 'seconds that are measured in each round' },
  warmSeconds: { kind: 'number', least: 0.5, byDefault: 2, meaning: 'seconds of warm-up before them' },
  connections: { kind: 'number', least: 1, byDefault: 200, meaning: 'connections of the load generator' },
  rateMax: { kind: 'number', least: 100, byDefault: 40_000, meaning: 'requests to prepare, per second' },
  server: { kind: 'path', meaning: 'main.ts of another checkout, to measure in place of this one’s' },
  profile: { kind: 'path', meaning: 'folder for a CPU profile of the server (it costs speed)' },
} as const satisfies Record<string, Flag>;
