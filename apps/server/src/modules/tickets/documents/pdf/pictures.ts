import { isPng, isSoundPng } from './png-check.ts';
import type { Sheet } from './sheet.ts';

/** A picture that was read; it is embedded once, however many pages show it. */
export type Picture = { width: number; height: number; embed: (document: PDFKit.PDFDocument) => void };
type Box = { x: number; y: number; widthPt: number; heightPt: number };

const BYTES_MAX = 8 * 1024 * 1024;
const SIDE_PX_MAX = 6_000;

/** Reads a PNG or JPEG. What is none, or too large, is null: a ticket without its picture admits as well. */
export function openPicture({ document }: Sheet, bytes: Uint8Array | null | undefined): Picture | null {
  if (bytes === null || bytes === undefined || bytes.length > BYTES_MAX) return null;
  const source = Buffer.from(bytes);
  try {
    if (isPng(source) && !isSoundPng(source, SIDE_PX_MAX)) return null;
    const picture = (document as unknown as { openImage: (source: Buffer) => Picture }).openImage(source);
    const sides = [picture.width, picture.height];
    if (!sides.every((side) => side > 0 && side <= SIDE_PX_MAX)) return null;
    picture.embed(document);
    return picture;
  } catch {
    return null;
  }
}

/** Fills the box, cutting off what is beyond it. */
export function drawCover({ document }: Sheet, picture: Picture, { x, y, widthPt, heightPt }: Box): void {
  document.save().rect(x, y, widthPt, heightPt).clip();
  document.image(sourceOf(picture), x, y, { cover: [widthPt, heightPt], align: 'center', valign: 'center' });
  document.restore();
}

/** Shows the whole picture within the box, at its right end. */
export function drawLogo({ document }: Sheet, picture: Picture, { x, y, widthPt, heightPt }: Box): void {
  document.image(sourceOf(picture), x, y, { fit: [widthPt, heightPt], align: 'right', valign: 'center' });
}

/** pdfkit draws pictures that it opened; its types know only files and bytes. */
function sourceOf(picture: Picture): PDFKit.Mixins.ImageSrc {
  return picture as unknown as PDFKit.Mixins.ImageSrc;
}
