import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { invariant } from '../../../../platform/invariant.ts';
import type { Axes } from './face.ts';

/** A font with only these glyphs, under their old numbers, and standing still on its axes. */
export type Subsetter = (data: Uint8Array, glyphs: Iterable<number>, axes: Axes) => Buffer;

/** What is used of HarfBuzz's subsetter, as C declares it; pointers are numbers. */
type Exports = {
  memory: { buffer: ArrayBuffer };
  _initialize: () => void;
  malloc: (size: number) => number;
  free: (pointer: number) => void;
  hb_blob_create: (data: number, length: number, mode: number, userData: number, destroy: number) => number;
  hb_blob_destroy: (blob: number) => void;
  hb_blob_get_data: (blob: number, length: number) => number;
  hb_blob_get_length: (blob: number) => number;
  hb_face_create: (blob: number, index: number) => number;
  hb_face_destroy: (face: number) => void;
  hb_face_reference_blob: (face: number) => number;
  hb_set_add: (set: number, value: number) => void;
  hb_subset_input_create_or_fail: () => number;
  hb_subset_input_destroy: (input: number) => void;
  hb_subset_input_glyph_set: (input: number) => number;
  hb_subset_input_set: (input: number, kind: number) => number;
  hb_subset_input_set_flags: (input: number, flags: number) => void;
  hb_subset_input_pin_axis_location: (input: number, face: number, tag: number, value: number) => number;
  hb_subset_or_fail: (face: number, input: number) => number;
};

/** Node has it; the types that are loaded here describe no browser. */
type Host = { WebAssembly: { instantiate: (bytes: Uint8Array) => Promise<{ instance: { exports: unknown } }> } };

const READ_ONLY = 1;
const DROPPED_TABLES = 3;
const NO_HINTING = 0x1;
const RETAIN_GLYPH_IDS = 0x2;
const NO_LAYOUT_CLOSURE = 0x200;
/** Layout is done before, and a PDF names glyphs by number: readers need the outlines and metrics alone. */
const NOT_FOR_PDF = [
  'GSUB',
  'GPOS',
  'GDEF',
  'BASE',
  'STAT',
  'name',
  'post',
  'OS/2',
  'cmap',
  'MATH',
  'meta',
  'vhea',
  'vmtx',
  'VORG',
  'gasp',
  'DSIG',
];

export async function openSubsetter(): Promise<Subsetter> {
  const path = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm');
  const { instance } = await (globalThis as unknown as Host).WebAssembly.instantiate(await readFile(path));
  const exports = instance.exports as Exports;
  exports._initialize();
  return (data, glyphs, axes) => subsetFont(exports, { data, glyphs, axes });
}

function subsetFont(hb: Exports, { data, glyphs, axes }: { data: Uint8Array; glyphs: Iterable<number>; axes: Axes }): Buffer {
  const pointer = hb.malloc(data.byteLength);
  new Uint8Array(hb.memory.buffer).set(data, pointer);
  const blob = hb.hb_blob_create(pointer, data.byteLength, READ_ONLY, 0, 0);
  const face = hb.hb_face_create(blob, 0);
  const input = hb.hb_subset_input_create_or_fail();
  try {
    describeSubset(hb, { input, face, glyphs, axes });
    return takeBytes(hb, hb.hb_subset_or_fail(face, input));
  } finally {
    hb.hb_subset_input_destroy(input);
    hb.hb_face_destroy(face);
    hb.hb_blob_destroy(blob);
    hb.free(pointer);
  }
}

function describeSubset(hb: Exports, subset: { input: number; face: number; glyphs: Iterable<number>; axes: Axes }): void {
  const { input, face, glyphs, axes } = subset;
  hb.hb_subset_input_set_flags(input, NO_HINTING | RETAIN_GLYPH_IDS | NO_LAYOUT_CLOSURE);
  const kept = hb.hb_subset_input_glyph_set(input);
  for (const glyph of glyphs) hb.hb_set_add(kept, glyph);
  const dropped = hb.hb_subset_input_set(input, DROPPED_TABLES);
  for (const table of NOT_FOR_PDF) hb.hb_set_add(dropped, tagOf(table));
  for (const [tag, value] of Object.entries(axes)) {
    invariant(hb.hb_subset_input_pin_axis_location(input, face, tagOf(tag), value) !== 0, `the font has the axis ${tag}`);
  }
}

function takeBytes(hb: Exports, subset: number): Buffer {
  invariant(subset !== 0, 'a font of ours can be subset');
  const blob = hb.hb_face_reference_blob(subset);
  const start = hb.hb_blob_get_data(blob, 0);
  // Copied: the memory behind it is HarfBuzz’s and moves when it grows.
  const bytes = Buffer.from(new Uint8Array(hb.memory.buffer, start, hb.hb_blob_get_length(blob)));
  hb.hb_blob_destroy(blob);
  hb.hb_face_destroy(subset);
  return bytes;
}

function tagOf(name: string): number {
  return Buffer.from(name.padEnd(4), 'latin1').readUInt32BE();
}
