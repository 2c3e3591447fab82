import type { Line } from './commands.ts';

/**
 * One line for each ticket type, in the order of their ids, so that the same basket has one fingerprint. Of prices that
 * were chosen for one type the last holds; whoever takes lines from outside refuses different ones.
 */
export function addUpLines(lines: readonly Line[]): Line[] {
  if (lines.length === 1) return [...lines];
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const before = sums.get(line.ticketTypeId);
    sums.set(line.ticketTypeId, before ? { ...line, quantity: before.quantity + line.quantity } : line);
  }
  return [...sums.values()].sort(byTicketType);
}

function byTicketType(a: Line, b: Line): number {
  return a.ticketTypeId < b.ticketTypeId ? -1 : 1;
}
