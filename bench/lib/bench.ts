import type { Closers } from './closers.ts';
import type { Flag } from './flags.ts';
import type { Figures } from './report.ts';

/** A bench: `run` answers the figures of its line, or throws Unmeasured. What it starts it hands to `closers`. */
export type Bench = {
  summary: string;
  flags: Readonly<Record<string, Flag>>;
  run(args: readonly string[], closers: Closers): Promise<Figures>;
};
