import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** A page as another program reads it: its size, its words, and what its code says. */
export type ReadPage = { widthPt: number; heightPt: number; text: string; code: string | null };

const { resolve } = createRequire(import.meta.url);
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer } });

/** `scale` in pixels a point: 2 is 144 dpi. */
export async function readPdf(bytes: Uint8Array, { scale = 2, paints = true } = {}): Promise<ReadPage[]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS });
  const document = await task.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [, , widthPt = 0, heightPt = 0] = page.view;
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    pages.push({ widthPt, heightPt, text, code: paints ? await readCode(page, scale) : null });
  }
  await task.destroy();
  return pages;
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>;

async function readCode(page: Page, scale: number): Promise<string | null> {
  const viewport = page.getViewport({ scale });
  const [width, height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const rendered = page.render({ canvas: null, canvasContext: context as unknown as RenderContext, viewport });
  await rendered.promise;
  const { data } = context.getImageData(0, 0, width, height);
  const [code] = await readBarcodes({ data, width, height, colorSpace: 'srgb' }, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return code?.text ?? null;
}

type RenderContext = NonNullable<Parameters<Page['render']>[0]['canvasContext']>;
