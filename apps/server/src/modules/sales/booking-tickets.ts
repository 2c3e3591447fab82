import type { Booking } from './decide/state.ts';

type Lines = readonly { quantity: number }[];
type Tickets = { lines: Lines; returned: readonly number[] };

/** How many of these tickets stand in each line. Tickets are numbered from one, through the lines in their order. */
export function countByLine(lines: Lines, numbers: readonly number[]): number[] {
  let last = 0;
  return lines.map(({ quantity }) => {
    const first = last + 1;
    last += quantity;
    return numbers.filter((number) => number >= first && number <= last).length;
  });
}

/** The ticket type of a ticket. */
export function ticketTypeOf(lines: readonly { ticketTypeId: string; quantity: number }[], number: number): string {
  let last = 0;
  for (const { ticketTypeId, quantity } of lines) {
    last += quantity;
    if (number <= last) return ticketTypeId;
  }
  throw new RangeError(`no ticket ${number}`);
}

/** How many tickets each line still has. */
export function leftByLine({ lines, returned }: Tickets): number[] {
  if (returned.length === 0) return lines.map((line) => line.quantity);
  const gone = countByLine(lines, returned);
  return lines.map((line, index) => line.quantity - (gone[index] ?? 0));
}

/** The numbers of the tickets that a booking still has. */
export function ticketsLeft({ quantity, returned }: Pick<Booking, 'quantity' | 'returned'>): number[] {
  const gone = new Set(returned);
  return Array.from({ length: quantity }, (_, index) => index + 1).filter((number) => !gone.has(number));
}
