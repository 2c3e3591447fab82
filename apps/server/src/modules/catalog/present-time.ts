/** RFC 3339 in UTC, to the millisecond. */
export function presentTime(ms: number): string {
  return new Date(ms).toISOString();
}

type Window = { salesStartMs: number | null; salesEndMs: number | null };

/** The sales window; null where it has no bound. */
export function presentWindow({ salesStartMs, salesEndMs }: Window): { sales_start_at: string | null; sales_end_at: string | null } {
  return {
    sales_start_at: salesStartMs === null ? null : presentTime(salesStartMs),
    sales_end_at: salesEndMs === null ? null : presentTime(salesEndMs),
  };
}
