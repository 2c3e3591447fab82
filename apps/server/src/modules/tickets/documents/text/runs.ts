import bidiModule from 'bidi-js';
import { chainOf, type IdeographsOf, type Voice } from '../fonts/families.ts';
import type { Face } from '../fonts/face.ts';
import { codePointsOf, type FontLibrary } from '../fonts/font-library.ts';
import { clustersOf } from './clean-text.ts';

/** A stretch of one direction and one face; `end` is exclusive, both count UTF-16 units. An odd level runs from right to left. */
export type Run = { start: number; end: number; level: number; face: Face };
export type Direction = 'ltr' | 'rtl';

/** What the whole text wants, of which this is perhaps a part. */
type Wants = { style: { voice: Voice }; ideographs: IdeographsOf; direction: Direction };

/** Its types say a module of ECMAScript; for Node it is one of CommonJS, which is its own default. */
const bidi = (bidiModule as unknown as typeof bidiModule.default)();
/** Seen only by what they do to their neighbours; HarfBuzz draws nothing for them where a font has no glyph. */
const IGNORABLE = /^(?:\u200c|\u200d|[\ufe00-\ufe0f])$/;
/** What has no script of its own stays in the face of what stands before it, so that words are not torn at spaces and marks. */
const SCRIPTLESS = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Emoji_Modifier}/u;

const CACHED_TEXTS_MAX = 5_000;
const cache = new Map<string, readonly Run[]>();

/** Cuts a line of text, in logical order, where the direction or the font changes. The text was prepared. Words are asked for again and again. */
export function runsOf(library: FontLibrary, wants: Wants, text: string): readonly Run[] {
  const key = `${wants.style.voice} ${wants.ideographs} ${wants.direction} ${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHED_TEXTS_MAX) cache.clear();
  const runs = cutRuns(library, wants, text);
  cache.set(key, runs);
  return runs;
}

function cutRuns(library: FontLibrary, wants: Wants, text: string): Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, wants.direction);
  const runs: Run[] = [];
  let start = 0;
  for (const { text: part, face } of facesOf(library, wants, text)) {
    const level = levels[start] ?? 0;
    const end = start + part.length;
    const last = runs.at(-1);
    if (last !== undefined && last.level === level && last.face === face) last.end = end;
    else runs.push({ start, end, level, face });
    start = end;
  }
  return runs;
}

/** The direction of a text’s first letter that has one. */
export function directionOf(text: string): Direction {
  return ((bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) & 1) === 1 ? 'rtl' : 'ltr';
}

type Part = { text: string; face: Face };

function facesOf(library: FontLibrary, { style: { voice }, ideographs }: Wants, text: string): Part[] {
  const parts: Part[] = [];
  let before: Face | undefined;
  for (const cluster of clustersOf(text)) {
    const isEmoji = EMOJI.test(cluster);
    const chain = chainOf(voice, ideographs, isEmoji);
    const seen = Array.from(cluster).filter((character) => !IGNORABLE.test(character));
    if (before !== undefined && SCRIPTLESS.test(cluster) && !isEmoji && hasAll(before, seen)) {
      parts.push({ text: cluster, face: before });
      continue;
    }
    const faces = seen.map((character) => library.faceFor(chain, character.codePointAt(0) ?? 0) ?? library.fallback);
    const whole = faces.find((face) => hasAll(face, seen));
    if (whole !== undefined) parts.push({ text: cluster, face: whole });
    // No face has it all: each character from where it is, which for an emoji of several shows its parts side by side.
    else parts.push(...seen.map((_, index) => ({ text: withIgnorables(cluster, seen, index), face: faces[index] ?? library.fallback })));
    // Pictures set no face for what follows: their spaces are as wide as they are.
    before = isEmoji ? undefined : parts.at(-1)?.face;
  }
  return parts;
}

function hasAll(face: Face, characters: readonly string[]): boolean {
  return characters.every((character) => codePointsOf(character).every((codePoint) => face.has(codePoint)));
}

/** The character with the ignorable ones behind it, so that parts add up to the cluster. */
function withIgnorables(cluster: string, seen: readonly string[], index: number): string {
  const all = Array.from(cluster);
  const starts = all.flatMap((character, at) => (IGNORABLE.test(character) ? [] : [at]));
  const from = index === 0 ? 0 : (starts[index] ?? 0);
  return all.slice(from, index + 1 < seen.length ? starts[index + 1] : all.length).join('');
}

/** Runs of one line in the order in which they are seen: rule L2 of Unicode’s bidirectional algorithm. */
export function inVisualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    let at = 0;
    while (at < ordered.length) {
      let end = at;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end += 1;
      if (end > at) ordered.splice(at, end - at, ...ordered.slice(at, end).reverse());
      at = Math.max(end, at + 1);
    }
  }
  return ordered;
}
