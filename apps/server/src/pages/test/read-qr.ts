import assert from 'node:assert/strict';
import decodeQR from 'qr/decode.js';
import type { FakeElement } from './fake-document.ts';

const PIXELS_A_MODULE = 6;

/** What the QR codes among some elements say, read from their pictures as a scanner reads them. */
export function readQrCodes(elements: readonly FakeElement[]): string[] {
  return elements.filter(({ tag }) => tag === 'svg').map(readQr);
}

function readQr(svg: FakeElement): string {
  const size = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
  const path = svg.descendants.find(({ tag }) => tag === 'path')?.getAttribute('d') ?? '';
  const width = size * PIXELS_A_MODULE;
  const data = new Uint8Array(width * width * 4).fill(255);
  const stretches = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)];
  assert.ok(stretches.length > 0, path);
  for (const [, x, y, length] of stretches) darken(data, width, { x: Number(x), y: Number(y), length: Number(length) });
  return decodeQR({ width, height: width, data });
}

function darken(data: Uint8Array, width: number, { x, y, length }: { x: number; y: number; length: number }): void {
  for (let row = y * PIXELS_A_MODULE; row < (y + 1) * PIXELS_A_MODULE; row += 1) {
    for (let column = x * PIXELS_A_MODULE; column < (x + length) * PIXELS_A_MODULE; column += 1)
      data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  }
}
