/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number, index: number) {
    // Spread, so that neighbouring indexes have nothing in common.
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  }

  /** mulberry32: from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  pick<Of>(some: readonly Of[]): Of {
    const found = some[this.below(some.length)];
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** `count` characters out of an alphabet. */
  text(count: number, alphabet: string): string {
    let text = '';
    for (let at = 0; at < count; at += 1) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }
}
