import type { Face, Weight } from '../fonts/face.ts';
import type { FontLibrary } from '../fonts/font-library.ts';

/** Lengths are thousandths of the font’s size. Glyph 0 is the font’s own for what it has none for: often empty, so a box is drawn there. `text` is what the glyph stands for when the page is read or searched. */
export type Glyph = { id: number; text: string; advance: number; width: number; dx: number; dy: number };
export type ShapedRun = { face: Face; weight: Weight; glyphs: readonly Glyph[]; advance: number };

export type RunToShape = { face: Face; weight: Weight; text: string; isRightToLeft: boolean; isTabular: boolean };

/** How much room a box takes that stands for a character without a glyph. */
const BOX_ADVANCE = 640;
/** For a glyph that adds to another’s letter: format characters are passed over by search, and this one joins letters on both sides. */
const NOTHING = '\u2060';
const CACHED_RUNS_MAX = 5_000;
const cache = new Map<string, ShapedRun>();

/** Lays out one run, glyphs from left to right. The same words are set again and again, so they are kept. */
export function shapeRun(library: FontLibrary, run: RunToShape): ShapedRun {
  const key = `${run.face.name} ${run.weight} ${run.isRightToLeft} ${run.isTabular} ${run.text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHED_RUNS_MAX) cache.clear();
  const shaped = shape(library, run);
  cache.set(key, shaped);
  return shaped;
}

function shape({ harfBuzz }: FontLibrary, { face, weight, text, isRightToLeft, isTabular }: RunToShape): ShapedRun {
  const font = face.font(weight);
  const buffer = new harfBuzz.Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(isRightToLeft ? harfBuzz.Direction.RTL : harfBuzz.Direction.LTR);
  harfBuzz.shape(font, buffer, isTabular ? [new harfBuzz.Feature('tnum', 1)] : []);
  const scale = 1000 / face.unitsPerEm;
  const infos = buffer.getGlyphInfos();
  const texts = textsOf(
    text,
    infos.map(({ cluster }) => cluster),
    isRightToLeft,
  );
  const glyphs = buffer.getGlyphPositions().map(({ xAdvance, xOffset, yOffset }, index): Glyph => {
    const id = infos[index]?.codepoint ?? 0;
    const width = Math.round(font.glyphHAdvance(id) * scale);
    return {
      id,
      text: texts[index] ?? '',
      advance: id === 0 ? BOX_ADVANCE : xAdvance * scale,
      width,
      dx: xOffset * scale,
      dy: yOffset * scale,
    };
  });
  return { face, weight, glyphs, advance: glyphs.reduce((sum, glyph) => sum + glyph.advance, 0) };
}

/** What each glyph stands for: the characters of a cluster are dealt out to its glyphs in reading order, the last takes the rest. */
function textsOf(text: string, clusters: readonly number[], isRightToLeft: boolean): string[] {
  const texts = clusters.map(() => '');
  const reading = [...clusters.keys()];
  if (isRightToLeft) reading.reverse();
  const starts = [...new Set(clusters)].sort((one, other) => one - other);
  for (const [index, start] of starts.entries()) {
    const characters = Array.from(text.slice(start, starts[index + 1] ?? text.length));
    const glyphs = reading.filter((glyph) => clusters[glyph] === start);
    for (const [at, glyph] of glyphs.entries()) {
      texts[glyph] = at === glyphs.length - 1 ? characters.slice(at).join('') : (characters[at] ?? '');
      texts[glyph] ||= NOTHING;
    }
  }
  return texts;
}
