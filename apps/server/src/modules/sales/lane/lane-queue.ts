import type { Entry } from './entry.ts';

/**
 * What waits for one event, in order of arrival, in two rows: what is never refused (confirm, release, cancel, expire,
 * the organizer's commands) goes before what may be (holds).
 */
export class LaneQueue {
  #urgent: Entry[] = [];
  #holds: Entry[] = [];

  get length(): number {
    return this.#urgent.length + this.#holds.length;
  }

  get holdCount(): number {
    return this.#holds.length;
  }

  add(entry: Entry): void {
    if (entry.isDroppable) this.#holds.push(entry);
    else this.#urgent.push(entry);
  }

  /** Takes the next batch: at most `max` entries, the urgent first. */
  take(max: number): Entry[] {
    const batch = this.#urgent.splice(0, max);
    if (batch.length < max) batch.push(...this.#holds.splice(0, max - batch.length));
    return batch;
  }

  /** Takes the holds that arrived before `timeMs`. */
  takeLate(timeMs: number): Entry[] {
    const inTime = this.#holds.findIndex((entry) => entry.arrivedMs >= timeMs);
    return this.#holds.splice(0, inTime < 0 ? this.#holds.length : inTime);
  }

  /** The entries that are never dropped and arrived before `timeMs`; they stay. */
  lateUrgent(timeMs: number): Entry[] {
    return this.#urgent.filter((entry) => entry.arrivedMs < timeMs);
  }

  takeAll(): Entry[] {
    return this.take(this.length);
  }
}
