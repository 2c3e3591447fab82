import { readFile } from 'node:fs/promises';
import type * as HarfBuzz from 'harfbuzzjs';
import { pathOf, type Slice } from './slices.ts';

export type Weight = 400 | 600;
export type Axes = Readonly<Record<string, number>>;

/** A slice of a font in memory. */
export type Face = {
  name: string;
  data: Uint8Array;
  unitsPerEm: number;
  has: (codePoint: number) => boolean;
  /** Where on its axes the face stands for a weight. */
  axes: (weight: Weight) => Axes;
  font: (weight: Weight) => HarfBuzz.Font;
};

/** The optical size of the display face: drawn for large print. */
const TITLE_OPTICAL_SIZE = 72;

/** Reads a slice: some milliseconds, once in a process. */
export async function openFace(harfBuzz: typeof HarfBuzz, slice: Slice): Promise<Face> {
  const { default: decompress } = await import('woff2-encoder/decompress');
  const data = await decompress(await readFile(pathOf(slice)));
  const face = new harfBuzz.Face(new harfBuzz.Blob(data));
  const characters = new Set(face.collectUnicodes());
  const named = Object.keys(face.getAxisInfos());
  const axes = (weight: Weight): Axes =>
    Object.fromEntries(Object.entries({ wght: weight, opsz: TITLE_OPTICAL_SIZE }).filter(([tag]) => named.includes(tag)));
  const fonts = new Map<Weight, HarfBuzz.Font>();
  const font = (weight: Weight): HarfBuzz.Font => {
    const known = fonts.get(weight);
    if (known !== undefined) return known;
    const made = new harfBuzz.Font(face);
    made.setVariations(Object.entries(axes(weight)).map(([tag, value]) => new harfBuzz.Variation(tag, value)));
    fonts.set(weight, made);
    return made;
  };
  return { name: slice.name, data, unitsPerEm: face.upem, has: (codePoint) => characters.has(codePoint), axes, font };
}
