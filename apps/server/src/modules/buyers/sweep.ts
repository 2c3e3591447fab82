import type { Db } from '../../platform/db/index.ts';
import { readFactPositions, type FactPosition } from '../sales/index.ts';
import { followEvent } from './follow-event.ts';
import { insertOffsets, readOffsets } from './queries/offsets.ts';

export type SweepOptions = {
  db: Db;
  signal: AbortSignal;
  /** Events that are passed over for now. */
  isResting(eventId: string): boolean;
  /** Waited for after each page, which took so long: a follower leaves the machine to the sale. */
  rest(tookMs: number): Promise<void>;
  /** Hears of an event that could not be followed. */
  failed(eventId: string, error: unknown): void;
};

/** Events in a page of the list. */
const EVENTS_MAX = 1_000;
/** Pages of one event before the next has its turn: an event with millions of facts keeps no other waiting. */
const PAGES_MAX = 20;

/** Follows every event that has facts we have not seen. Answers whether there is more to do at once. */
export async function sweep(options: SweepOptions): Promise<boolean> {
  let hasMore = false;
  for (let afterEventId: string | null = null; ; ) {
    options.signal.throwIfAborted();
    const page: FactPosition[] = await readFactPositions(options.db, { afterEventId, limit: EVENTS_MAX });
    for (const behind of await findBehind(options.db, page)) {
      options.signal.throwIfAborted();
      if (!options.isResting(behind.eventId) && (await takeTurn(options, behind))) hasMore = true;
    }
    const last = page.at(-1);
    if (!last || page.length < EVENTS_MAX) return hasMore;
    afterEventId = last.eventId;
  }
}

type Behind = { eventId: string; afterSeq: number };

/** Heads lie with the event and offsets with the readers: they are compared here, not joined. */
async function findBehind(db: Db, positions: readonly FactPosition[]): Promise<Behind[]> {
  const moved = positions.filter(({ factSeq }) => factSeq > 0);
  if (moved.length === 0) return [];
  const offsets = await readOffsets(
    db,
    moved.map(({ eventId }) => eventId),
  );
  const unknown = moved.filter(({ eventId }) => !offsets.has(eventId)).map(({ eventId }) => eventId);
  if (unknown.length > 0) await insertOffsets(db, unknown);
  return moved
    .map(({ eventId, factSeq }) => ({ eventId, factSeq, afterSeq: offsets.get(eventId) ?? 0 }))
    .filter(({ factSeq, afterSeq }) => factSeq > afterSeq);
}

/** Whether the event has more than its turn took. */
async function takeTurn({ db, signal, rest, failed }: SweepOptions, { eventId, afterSeq }: Behind): Promise<boolean> {
  try {
    let seq = afterSeq;
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const beganMs = performance.now();
      const followed = await followEvent(db, { eventId, afterSeq: seq });
      if (followed.outcome !== 'more') return false;
      await rest(performance.now() - beganMs);
      signal.throwIfAborted();
      seq = followed.seq;
    }
    return true;
  } catch (error) {
    signal.throwIfAborted();
    failed(eventId, error);
    return false;
  }
}
