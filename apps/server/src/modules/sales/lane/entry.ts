import { idOf, type Command } from '../commands.ts';
import type { Outcome } from '../outcomes.ts';

type Waiter = { resolve: (outcome: Outcome) => void; reject: (error: Error) => void; isGone: () => boolean };

/**
 * A command in a lane, and those who wait for its outcome: more than one if the same command was sent again, none once
 * they were told that the outcome is not known yet. A command without waiters is still executed, unless it is droppable.
 */
export class Entry {
  readonly command: Command;
  /** By the process's monotonic clock. */
  readonly arrivedMs: number;
  /** Holds are dropped unexecuted when they are late or nobody waits; what moves money or gives stock back never is. */
  readonly isDroppable: boolean;
  #waiters: Waiter[] = [];

  constructor(command: Command, arrivedMs: number) {
    this.command = command;
    this.arrivedMs = arrivedMs;
    this.isDroppable = command.kind === 'place' || command.kind === 'extend' || command.kind === 'await-payment';
  }

  /** The outcome, for one more who waits. */
  wait(isGone: () => boolean): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject, isGone });
    });
  }

  get isAwaited(): boolean {
    return this.#waiters.length > 0;
  }

  /** Whether all who waited have gone away. */
  get isAbandoned(): boolean {
    return this.#waiters.every((waiter) => waiter.isGone());
  }

  /** The id under which a command that is sent again joins this one; null for what has none, and for other payloads. */
  get joinKey(): string | null {
    const id = idOf(this.command);
    return id === null || this.command.kind === 'expire' ? null : `${this.command.kind} ${id} ${this.command.fingerprint}`;
  }

  /** Answers the first as who asked for it, and all others as who repeat it. */
  resolve(outcome: Outcome): void {
    const [first, ...repeats] = this.#take();
    first?.resolve(outcome);
    const repeated = 'replayed' in outcome ? { ...outcome, replayed: true } : outcome;
    for (const waiter of repeats) waiter.resolve(repeated);
  }

  reject(error: Error): void {
    for (const waiter of this.#take()) waiter.reject(error);
  }

  #take(): Waiter[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    return waiters;
  }
}
