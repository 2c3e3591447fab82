import type { Face, Weight } from '../fonts/face.ts';
import type { FontLibrary } from '../fonts/font-library.ts';
import type { Glyph } from '../text/shape.ts';

/** The fonts of one document: what its pages use is gathered while they are drawn, and embedded at its end. */
export type EmbeddedFonts = {
  /** The font’s name on the current page. */
  use: (face: Face, weight: Weight) => EmbeddedFont;
  embed: () => void;
};
export type EmbeddedFont = { name: string; codeOf: (glyph: Glyph) => number };

type Used = EmbeddedFont & { face: Face; weight: Weight; reference: PDFKit.PDFKitReference; glyphs: Glyph[] };

export function gatherFonts(document: PDFKit.PDFDocument, library: FontLibrary): EmbeddedFonts {
  const fonts = new Map<string, Used>();
  const use = (face: Face, weight: Weight): EmbeddedFont => {
    const key = `${face.name} ${weight}`;
    const font = fonts.get(key) ?? startFont({ face, weight, name: `F${fonts.size + 1}`, reference: document.ref({}) });
    fonts.set(key, font);
    document.page.fonts[font.name] = font.reference;
    return font;
  };
  const embed = (): void => {
    for (const font of fonts.values()) writeFont(document, library, font);
  };
  return { use, embed };
}

/**
 * The same glyph can stand for different characters (a box for everything without a glyph; forms of a letter), so a code is a glyph together
 * with its text. Readers get from a code to the glyph by a table, and to the text by another.
 */
function startFont(font: Pick<Used, 'face' | 'weight' | 'name' | 'reference'>): Used {
  const codes = new Map<string, number>();
  const glyphs: Glyph[] = [];
  const codeOf = (glyph: Glyph): number => {
    const key = `${glyph.id} ${glyph.text}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    glyphs.push(glyph);
    codes.set(key, glyphs.length);
    return glyphs.length;
  };
  return { ...font, glyphs, codeOf };
}

function writeFont(document: PDFKit.PDFDocument, library: FontLibrary, font: Used): void {
  const { face, weight, glyphs, reference } = font;
  const bytes = library.subset(face.data, new Set(glyphs.map(({ id }) => id)), face.axes(weight));
  const baseFont = `${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(Number(font.name.slice(1)) % 26)}ESSER+${face.name}-${weight}`;
  const file = document.ref({ Length1: bytes.length });
  file.end(bytes);
  const descendant = document.ref({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: baseFont,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: describeFont(document, { face, weight, baseFont, file }),
    DW: 0,
    W: [1, glyphs.map(({ width }) => width)],
    CIDToGIDMap: writeStream(document, Buffer.concat([word(0), ...glyphs.map(({ id }) => word(id))])),
  });
  descendant.end(undefined);
  Object.assign(reference.data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: baseFont,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: writeStream(document, Buffer.from(characterMap(glyphs), 'latin1')),
  });
  reference.end(undefined);
}

type Described = { face: Face; weight: Weight; baseFont: string; file: PDFKit.PDFKitReference };

function describeFont(document: PDFKit.PDFDocument, { face, weight, baseFont, file }: Described): PDFKit.PDFKitReference {
  const scale = 1000 / face.unitsPerEm;
  const { ascender, descender } = face.font(weight).hExtents();
  const [ascent, descent] = [Math.round(ascender * scale), Math.round(descender * scale)];
  const descriptor = document.ref({
    Type: 'FontDescriptor',
    FontName: baseFont,
    // Not of a Latin character set.
    Flags: 4,
    FontBBox: [-1000, descent, 3000, ascent],
    ItalicAngle: 0,
    Ascent: ascent,
    Descent: descent,
    CapHeight: 700,
    StemV: weight === 600 ? 120 : 80,
    FontFile2: file,
  });
  descriptor.end(undefined);
  return descriptor;
}

function writeStream(document: PDFKit.PDFDocument, bytes: Buffer): PDFKit.PDFKitReference {
  const reference = document.ref({});
  reference.end(bytes);
  return reference;
}

const MAPPINGS_IN_A_BLOCK_MAX = 100;

/** A CMap from codes to UTF-16, by which readers copy, search and speak. */
function characterMap(glyphs: readonly Glyph[]): string {
  const lines = glyphs.map(({ text }, index) => `<${hex(word(index + 1))}> <${hex(Buffer.from(text, 'utf16le').swap16())}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += MAPPINGS_IN_A_BLOCK_MAX) {
    const block = lines.slice(at, at + MAPPINGS_IN_A_BLOCK_MAX);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange\n<0000> <ffff>\nendcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function word(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
