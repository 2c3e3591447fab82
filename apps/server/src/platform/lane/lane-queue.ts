import type { Entry } from './entry.ts';
import type { LaneCommand } from './lane-purpose.ts';

/**
 * What waits for one event, in order of arrival, in two rows: what is never dropped (the urgent) goes before what may
 * be (the droppable).
 */
export class LaneQueue<Command extends LaneCommand, Outcome> {
  #urgent: Entry<Command, Outcome>[] = [];
  readonly #urgentByKey = new Map<string, Entry<Command, Outcome>>();
  #droppable: Entry<Command, Outcome>[] = [];

  get length(): number {
    return this.#urgent.length + this.#droppable.length;
  }

  get urgentCount(): number {
    return this.#urgent.length;
  }

  get droppableCount(): number {
    return this.#droppable.length;
  }

  add(entry: Entry<Command, Outcome>): void {
    if (entry.isDroppable) {
      this.#droppable.push(entry);
      return;
    }
    this.#urgent.push(entry);
    if (entry.joinKey !== null) this.#urgentByKey.set(entry.joinKey, entry);
  }

  /** The urgent entry of the same command under the same id, so that a client who sends again does not queue twice. */
  findSame(entry: Entry<Command, Outcome>): Entry<Command, Outcome> | null {
    const { joinKey } = entry;
    return joinKey === null ? null : (this.#urgentByKey.get(joinKey) ?? null);
  }

  /** Takes the next batch: at most `max` entries, the urgent first. */
  take(max: number): Entry<Command, Outcome>[] {
    const batch = this.#urgent.splice(0, max);
    for (const entry of batch) if (entry.joinKey !== null) this.#urgentByKey.delete(entry.joinKey);
    if (batch.length < max) batch.push(...this.#droppable.splice(0, max - batch.length));
    return batch;
  }

  /** Takes the droppable entries that arrived before `timeMs`. */
  takeLate(timeMs: number): Entry<Command, Outcome>[] {
    const inTime = this.#droppable.findIndex((entry) => entry.arrivedMs >= timeMs);
    return this.#droppable.splice(0, inTime < 0 ? this.#droppable.length : inTime);
  }

  /** The entries that are never dropped, arrived before `timeMs` and are still waited for; they stay. */
  lateUrgent(timeMs: number): Entry<Command, Outcome>[] {
    return this.#urgent.filter((entry) => entry.isAwaited && entry.arrivedMs < timeMs);
  }
}
