import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Family } from './families.ts';

/** A file of a family, and the characters that it is for. */
export type Slice = { name: string; path: string; ranges: readonly (readonly [first: number, last: number])[] };

const { resolve } = createRequire(import.meta.url);
const slices = new Map<string, readonly Slice[]>();

/** The slices of a family that say they have a character. What they say is wider than what they have. */
export function slicesFor(family: Family, codePoint: number): readonly Slice[] {
  return slicesOf(family).filter(({ ranges }) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last));
}

function slicesOf(family: Family): readonly Slice[] {
  const known = slices.get(family.id);
  if (known !== undefined) return known;
  const read = readSlices(family);
  slices.set(family.id, read);
  return read;
}

function readSlices({ id, axes }: Family): readonly Slice[] {
  const table: Record<string, string> = JSON.parse(readFileSync(resolve(`@fontsource-variable/${id}/unicode.json`), 'utf8'));
  return Object.entries(table).map(([key, ranges]) => {
    const name = `${id}-${key.replace(/[[\]]/g, '')}`;
    return { name, path: `@fontsource-variable/${id}/files/${name}-${axes}-normal.woff2`, ranges: ranges.split(',').map(parseRange) };
  });
}

/** `U+0100-02BA` or `U+20AC`. */
function parseRange(text: string): readonly [number, number] {
  const [first = '', last = first] = text.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

export function pathOf(slice: Slice): string {
  return resolve(slice.path);
}
