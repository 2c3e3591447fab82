/** A message on its way, at which all is to stop: before it goes on, or when it is answered and the answer has not gone back. */
export type Stop = {
  when: 'before' | 'after';
  message: RegExp /** Of the messages that fit, which one; the first unless told. */;
  number?: number;
};

/** All stands still on this wire until it is let go. */
export type Strike = { release(): void };

/** A connection between two programs that can be stopped at a message. Everything else goes through. */
export type Wire = {
  /** Calls once, at the first message that fits, in the same turn in which the message came. */
  arm(stop: Stop, onStrike: (strike: Strike) => void): void;
  disarm(): void;
  close(): Promise<void>;
};

/** What is armed on a wire, and whether a message is the one: each is asked about once. */
export class Trap {
  #armed: { stop: Stop; onStrike: (strike: Strike) => void } | null = null;
  #left = 0;

  arm(stop: Stop, onStrike: (strike: Strike) => void): void {
    this.#armed = { stop, onStrike };
    this.#left = stop.number ?? 1;
  }

  disarm(): void {
    this.#armed = null;
  }

  isFor(when: Stop['when'], message: string): boolean {
    if (this.#armed?.stop.when !== when || !this.#armed.stop.message.test(message)) return false;
    this.#left -= 1;
    return this.#left === 0;
  }

  strike(strike: Strike): void {
    const armed = this.#armed;
    this.#armed = null;
    armed?.onStrike(strike);
  }

  /** Ends when the strike is let go; at once where this message is not the one. */
  async pass(when: Stop['when'], message: string): Promise<void> {
    if (!this.isFor(when, message)) return;
    await new Promise<void>((resolve) => this.strike({ release: resolve }));
  }
}
