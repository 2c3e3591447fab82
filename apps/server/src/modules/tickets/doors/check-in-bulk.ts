import { ClientGone, CommandFailed, LaneBusy, OutcomeUnknown } from '../../../platform/lane/index.ts';
import { checkIn } from './check-in.ts';
import type { ScanCommand } from './commands.ts';
import type { Doors } from './context.ts';
import type { ScanOutcome } from './outcomes.ts';

/** `busy`: it was not taken in; `unknown`: nobody has said yet; both may be sent again. `failed`: it never will be. */
export type BulkOutcome = ScanOutcome | { kind: 'busy' } | { kind: 'unknown' } | { kind: 'failed' };

/** So many of an upload wait in the lane at a time: doors that ask at once do not stand behind a thousand scans. */
const AT_ONCE = 250;

/**
 * Takes in the scans of a door that had no connection, each by itself: what one of them hears, another's failure does not change.
 * The oldest go first, so that later ones do not find their places taken. What was not taken in may be sent again with the rest.
 */
export async function checkInBulk(
  doors: Doors,
  eventId: string,
  scans: readonly ScanCommand[],
  isGone: () => boolean,
): Promise<BulkOutcome[]> {
  const outcomes = new Array<BulkOutcome>(scans.length);
  const places = scans.map((_, place) => place).sort((one, other) => scans[other]!.ageMs - scans[one]!.ageMs || one - other);
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE);
    const decided = await Promise.all(some.map((place) => checkInOne(doors, eventId, scans[place]!, isGone)));
    for (const [index, place] of some.entries()) outcomes[place] = decided[index]!;
  }
  return outcomes;
}

async function checkInOne(doors: Doors, eventId: string, scan: ScanCommand, isGone: () => boolean): Promise<BulkOutcome> {
  try {
    return await checkIn(doors, eventId, scan, isGone);
  } catch (error) {
    if (error instanceof LaneBusy || error instanceof ClientGone) return { kind: 'busy' };
    if (error instanceof OutcomeUnknown) return { kind: 'unknown' };
    if (error instanceof CommandFailed) return { kind: 'failed' };
    throw error;
  }
}
