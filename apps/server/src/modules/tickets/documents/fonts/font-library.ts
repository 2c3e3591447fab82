import type * as HarfBuzz from 'harfbuzzjs';
import { invariant } from '../../../../platform/invariant.ts';
import { chainOf, ideographsOf, type Chain, type Voice } from './families.ts';
import { openFace, type Face } from './face.ts';
import { openSubsetter, type Subsetter } from './subset-font.ts';
import { slicesFor, type Slice } from './slices.ts';

/**
 * The fonts of this process. Nothing is read before the first document; after that a slice is read once, when a character first asks for
 * it. All slices together are about 40 MB in memory, those of one alphabet about half a megabyte.
 */
export type FontLibrary = {
  harfBuzz: typeof HarfBuzz;
  subset: Subsetter;
  /** Reads what these texts need; layout then goes without waiting. */
  prepare: (voice: Voice, text: string) => Promise<void>;
  /** The face for a character, null where no font has it. Only for texts that were prepared. */
  faceFor: (chain: Chain, codePoint: number) => Face | null;
  /** Whose box is drawn for characters that no font has. */
  fallback: Face;
};

let library: Promise<FontLibrary> | null = null;

export function openFontLibrary(): Promise<FontLibrary> {
  library ??= buildFontLibrary().catch((error: unknown) => {
    library = null;
    throw error;
  });
  return library;
}

async function buildFontLibrary(): Promise<FontLibrary> {
  const [harfBuzz, subset] = await Promise.all([import('harfbuzzjs'), openSubsetter()]);
  const faces = new Map<string, Promise<Face>>();
  const chosen = new Map<string, Face | null>();
  const open = (slice: Slice): Promise<Face> => {
    const known = faces.get(slice.name);
    if (known !== undefined) return known;
    const opened = openFace(harfBuzz, slice);
    faces.set(slice.name, opened);
    // A file that could not be read today is asked for again by the next document.
    opened.catch(() => faces.delete(slice.name));
    return opened;
  };
  const choose = async (chain: Chain, codePoint: number): Promise<Face | null> => {
    for (const slice of chain.families.flatMap((family) => slicesFor(family, codePoint))) {
      const face = await open(slice);
      if (face.has(codePoint)) return face;
    }
    return null;
  };
  const prepare = async (voice: Voice, text: string): Promise<void> => {
    const ideographs = ideographsOf(text);
    for (const chain of [false, true].map((isEmoji) => chainOf(voice, ideographs, isEmoji))) {
      for (const codePoint of new Set(codePointsOf(text))) {
        const key = keyOf(chain, codePoint);
        if (!chosen.has(key)) chosen.set(key, await choose(chain, codePoint));
      }
    }
  };
  const faceFor = (chain: Chain, codePoint: number): Face | null => {
    const face = chosen.get(keyOf(chain, codePoint));
    invariant(face !== undefined, `the text with U+${codePoint.toString(16)} was not prepared`);
    return face;
  };
  const fallback = await choose(chainOf('text', 'chinese', false), 0x20);
  invariant(fallback !== null, 'the first font has a space');
  return { harfBuzz, subset, prepare, faceFor, fallback };
}

export function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function keyOf(chain: Chain, codePoint: number): string {
  return `${chain.key} ${codePoint}`;
}
