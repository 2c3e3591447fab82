import type { Heads } from './heads.ts';
import { LaneBusy } from './lane-errors.ts';

const KNOWN_MAX = 100_000;
const ASKED_MAX = 10_000;

type Question = { ids: Set<string>; found: Promise<ReadonlySet<string>> };

/**
 * Which events there are, so that invented ids cost neither a lane nor a transaction. What exists is remembered: heads
 * are deleted with test events alone, and a lane without a head says so itself. What does not is asked for again, for many
 * ids in one query, one query at a time.
 */
export class KnownEvents {
  readonly #heads: Heads;
  readonly #known = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  #next: Question | null = null;

  constructor(heads: Heads) {
    this.#heads = heads;
  }

  has(eventId: string): boolean {
    return this.#known.has(eventId);
  }

  /** Whether there is such an event. Rejects with LaneBusy if the database does not tell, or too many ask at once. */
  async find(eventId: string): Promise<boolean> {
    this.#next ??= this.#open();
    const { ids, found } = this.#next;
    if (ids.size >= ASKED_MAX) throw new LaneBusy('Too many unknown events are asked for at this moment; nothing was done.');
    ids.add(eventId);
    return (await found).has(eventId);
  }

  #open(): Question {
    const ids = new Set<string>();
    const found = this.#turn.then(() => {
      this.#next = null;
      return this.#read(ids);
    });
    this.#turn = found.catch(() => {});
    return { ids, found };
  }

  async #read(ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const found = await this.#heads.find([...ids]).catch((cause: unknown) => {
      throw new LaneBusy('The database cannot be reached at this moment; nothing was done.', 1, { cause });
    });
    if (this.#known.size + found.length > KNOWN_MAX) this.#known.clear();
    for (const eventId of found) this.#known.add(eventId);
    return new Set(found);
  }
}
