import { inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples of a pixel by colour type: grey, RGB, palette, grey and alpha, RGB and alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const FILTERS = 5;

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/**
 * Whether a PNG is whole and holds the pixels that it says, and no more. pdfkit believes what a file says of its lengths, and unpacks pixels
 * in a callback of its own, where a broken picture would end the process. Interlaced ones are refused: nobody needs them in print.
 */
export function isSoundPng(bytes: Buffer, sidePxMax: number): boolean {
  const chunks = chunksOf(bytes);
  const header = chunks.find(({ name }) => name === 'IHDR')?.data;
  if (header?.length !== 13 || chunks.at(-1)?.name !== 'IEND') return false;
  const [width, height, bits, samples, interlace] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header[8],
    SAMPLES[header[9] ?? 1],
    header[12],
  ];
  if (![1, 2, 4, 8, 16].includes(bits ?? 0) || samples === undefined || interlace !== 0) return false;
  if (width < 1 || height < 1 || width > sidePxMax || height > sidePxMax) return false;
  if (header[9] === 3 && !chunks.some(({ name }) => name === 'PLTE')) return false;
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data));
  return hasRows(packed, { rowBytes: 1 + Math.ceil((width * samples * (bits ?? 0)) / 8), height });
}

type Chunk = { name: string; data: Buffer };

/** The chunks up to the end or to where the file breaks off. */
function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length && chunks.at(-1)?.name !== 'IEND') {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) break;
    chunks.push({ name: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Each row begins with the number of its filter. */
function hasRows(packed: Buffer, { rowBytes, height }: { rowBytes: number; height: number }): boolean {
  const pixels = inflateSync(packed, { maxOutputLength: rowBytes * height });
  if (pixels.length !== rowBytes * height) return false;
  for (let at = 0; at < pixels.length; at += rowBytes) {
    if ((pixels[at] ?? FILTERS) >= FILTERS) return false;
  }
  return true;
}
