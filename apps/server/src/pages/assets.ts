import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Asset = { type: string; etag: string; bytes: Buffer };

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files that pages bring along, read once: a name that is not among them is never looked for on the disk. */
export function readAssets(folder: string = join(import.meta.dirname, 'assets')): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    assets.set(name, assetOf(type, join(folder, name)));
  }
  // The browser draws QR codes with the package that draws them on paper: a module without imports, served as it is.
  assets.set('qr.js', assetOf('text/javascript; charset=utf-8', fileURLToPath(import.meta.resolve('qr'))));
  return assets;
}

function assetOf(type: string, path: string): Asset {
  const bytes = readFileSync(path);
  return { type, etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`, bytes };
}
