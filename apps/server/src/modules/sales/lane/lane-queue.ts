import type { Entry } from './entry.ts';

/**
 * What waits for one event, in order of arrival, in two rows: what is never refused (confirm, release, cancel, expire,
 * the organizer's commands) goes before what may be (holds).
 */
export class LaneQueue {
  #urgent: Entry[] = [];
  readonly #urgentByKey = new Map<string, Entry>();
  #holds: Entry[] = [];

  get length(): number {
    return this.#urgent.length + this.#holds.length;
  }

  get urgentCount(): number {
    return this.#urgent.length;
  }

  get holdCount(): number {
    return this.#holds.length;
  }

  add(entry: Entry): void {
    if (entry.isDroppable) {
      this.#holds.push(entry);
      return;
    }
    this.#urgent.push(entry);
    if (entry.joinKey !== null) this.#urgentByKey.set(entry.joinKey, entry);
  }

  /** The urgent entry of the same command under the same id, so that a client who sends again does not queue twice. */
  findSame(entry: Entry): Entry | null {
    if (entry.isDroppable || entry.joinKey === null) return null;
    return this.#urgentByKey.get(entry.joinKey) ?? null;
  }

  /** Takes the next batch: at most `max` entries, the urgent first. */
  take(max: number): Entry[] {
    const batch = this.#urgent.splice(0, max);
    for (const entry of batch) if (entry.joinKey !== null) this.#urgentByKey.delete(entry.joinKey);
    if (batch.length < max) batch.push(...this.#holds.splice(0, max - batch.length));
    return batch;
  }

  /** Takes the holds that arrived before `timeMs`. */
  takeLate(timeMs: number): Entry[] {
    const inTime = this.#holds.findIndex((entry) => entry.arrivedMs >= timeMs);
    return this.#holds.splice(0, inTime < 0 ? this.#holds.length : inTime);
  }

  /** The entries that are never dropped, arrived before `timeMs` and are still waited for; they stay. */
  lateUrgent(timeMs: number): Entry[] {
    return this.#urgent.filter((entry) => entry.isAwaited && entry.arrivedMs < timeMs);
  }
}
