import { Unmeasured } from './unmeasured.ts';

export type Closer = () => Promise<void>;

/**
 * What must be ended when a bench ends, last begun first. An interrupt closes while the bench still runs: whoever
 * closes then waits for the same end, and whoever begins something more is stopped there.
 */
export class Closers {
  readonly #closers: Closer[] = [];
  #closing: Promise<void> | null = null;

  get isClosing(): boolean {
    return this.#closing !== null;
  }

  /** Throws Unmeasured once closing has begun; the closer is then left to the next `closeAll`. */
  add(closer: Closer): void {
    this.#closers.push(closer);
    if (this.isClosing) throw new Unmeasured('The bench was interrupted.');
  }

  /** Runs every closer, also when one of them fails; throws the first failure at the end. */
  async closeAll(): Promise<void> {
    this.#closing ??= this.#closeEach();
    await this.#closing;
    if (this.#closers.length > 0) await this.#closeEach();
  }

  async #closeEach(): Promise<void> {
    const failures: unknown[] = [];
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      await closer().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
