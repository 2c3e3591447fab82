/** A cell: text, a number, or nothing. */
export type Cell = string | number | null;

/** So that programs that guess take the text for UTF-8, and names stay names. */
export const CSV_BOM = '\uFEFF';

/**
 * A row as in RFC 4180. Texts that a spreadsheet would take for a formula begin with an apostrophe instead, also where the sign
 * stands behind something that is not seen or is written in its wide form: strangers write these cells, organizers open them.
 */
export function formatRow(cells: readonly Cell[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;

function formatCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
