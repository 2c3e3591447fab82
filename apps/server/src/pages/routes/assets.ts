import { closed } from '@tessera/contract';
import { Type } from 'typebox';
import { problem, type HttpServer } from '../../platform/http/index.ts';
import { readAssets } from '../assets.ts';
import { PAGE_HEADERS } from '../send-page.ts';

const schema = { hide: true, params: closed({ name: Type.String({ maxLength: 64 }) }) };

/** `/assets/{name}`: style and scripts. Kept by browsers, and asked about before each use. */
export function assetsRoute(http: HttpServer): void {
  const assets = readAssets();
  http.get('/assets/:name', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) throw problem('NOT_FOUND');
    reply.headers({ ...PAGE_HEADERS, 'cache-control': 'public, no-cache', 'content-type': asset.type, etag: asset.etag });
    return request.headers['if-none-match'] === asset.etag ? reply.code(304).send() : reply.send(asset.bytes);
  });
}
