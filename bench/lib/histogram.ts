const RESOLUTION_MS = 0.01;
const RANGE_MS = 10_000;

/** Counts latencies in steps of 10 µs up to 10 s; what takes longer is counted at the end of the range. */
export class LatencyHistogram {
  #counts = new Uint32Array(RANGE_MS / RESOLUTION_MS);
  #total = 0;

  record(latencyMs: number): void {
    const step = Math.min(Math.floor(latencyMs / RESOLUTION_MS), this.#counts.length - 1);
    this.#counts[step]! += 1;
    this.#total += 1;
  }

  /** The upper end of the step in which the given share (0 to 1) of all latencies is reached; null without any. */
  quantileMs(share: number): number | null {
    const wanted = Math.max(1, Math.ceil(this.#total * share));
    let seen = 0;
    for (let step = 0; step < this.#counts.length; step += 1) {
      seen += this.#counts[step]!;
      if (seen >= wanted) return (step + 1) * RESOLUTION_MS;
    }
    return null;
  }
}
