/** A histogram as Prometheus shows it: cumulative counts below upper ends, ascending. */
export type ExposedHistogram = readonly { upperEnd: number; count: number }[];

/** Reads a histogram without labels from a page of metrics. Empty if it is not there. */
export function readHistogram(text: string, name: string): ExposedHistogram {
  const pattern = new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\S+)$`, 'gm');
  return [...text.matchAll(pattern)].map(([, upperEnd, count]) => ({
    upperEnd: upperEnd === '+Inf' ? Number.POSITIVE_INFINITY : Number(upperEnd),
    count: Number(count),
  }));
}

/**
 * The quantile of what was observed between two readings, linear inside its bucket (as Prometheus' histogram_quantile).
 * In the last bucket it is that bucket's lower end. Null if nothing was observed.
 */
export function quantileBetween(before: ExposedHistogram, after: ExposedHistogram, share: number): number | null {
  const counts = after.map(({ upperEnd, count }, index) => ({ upperEnd, count: count - (before[index]?.count ?? 0) }));
  const total = counts.at(-1)?.count ?? 0;
  if (total === 0) return null;
  const wanted = total * share;
  let lower = { upperEnd: 0, count: 0 };
  for (const bucket of counts) {
    if (bucket.count >= wanted && bucket.count > lower.count) {
      if (bucket.upperEnd === Number.POSITIVE_INFINITY) return lower.upperEnd;
      return lower.upperEnd + ((wanted - lower.count) / (bucket.count - lower.count)) * (bucket.upperEnd - lower.upperEnd);
    }
    lower = bucket;
  }
  return lower.upperEnd;
}
