const wholeFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A number without decimals, its thousands marked. */
export function whole(value: number): string {
  return wholeFormat.format(value);
}

/** Rows of texts as lines of aligned columns: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}
