import { readFileSync } from 'node:fs';
import type { Slab } from './request-slab.ts';

/** Requests of one size that somebody has written into a file, one after the other. */
export class FileSlab implements Slab {
  readonly #bytes: Buffer;
  readonly #size: number;
  #at = 0;

  constructor({ file, size }: { file: string; size: number }) {
    this.#bytes = readFileSync(file);
    this.#size = size;
  }

  take(again: boolean): Buffer | null {
    if (this.#at === this.#bytes.length && !again) return null;
    if (this.#at === this.#bytes.length) this.#at = 0;
    this.#at += this.#size;
    return this.#bytes.subarray(this.#at - this.#size, this.#at);
  }
}
