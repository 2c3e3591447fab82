import type { LaneCommand, LanePurpose } from './lane-purpose.ts';

type Waiter<Outcome> = { resolve: (outcome: Outcome) => void; reject: (error: Error) => void; isGone: () => boolean };

/**
 * A command in a lane, and those who wait for its outcome: more than one if the same command was sent again, none once
 * they were told that the outcome is not known yet. A command without waiters is still executed, unless it is droppable.
 */
export class Entry<Command extends LaneCommand, Outcome> {
  readonly command: Command;
  /** By the process's monotonic clock. */
  readonly arrivedMs: number;
  /** Whether it is dropped unexecuted when it is late or nobody waits. */
  readonly isDroppable: boolean;
  /** The key under which a command that is sent again joins this one, with the same payload; null for what is never joined. */
  readonly joinKey: string | null;
  readonly #purpose: LanePurpose<Command, Outcome>;
  #waiters: Waiter<Outcome>[] = [];

  constructor(command: Command, arrivedMs: number, purpose: LanePurpose<Command, Outcome>) {
    this.command = command;
    this.arrivedMs = arrivedMs;
    this.isDroppable = purpose.isDroppable(command);
    this.joinKey = this.isDroppable ? null : purpose.joinKeyOf(command);
    this.#purpose = purpose;
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

  /** Answers the first as who asked for it, and all others as who repeat it. */
  resolve(outcome: Outcome): void {
    const [first, ...repeats] = this.#take();
    first?.resolve(outcome);
    if (repeats.length === 0) return;
    const repeated = this.#purpose.asRepeat(outcome);
    for (const waiter of repeats) waiter.resolve(repeated);
  }

  reject(error: Error): void {
    for (const waiter of this.#take()) waiter.reject(error);
  }

  #take(): Waiter<Outcome>[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    return waiters;
  }
}
