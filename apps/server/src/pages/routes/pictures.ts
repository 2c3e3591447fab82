import { closed } from '@tessera/contract';
import { Type } from 'typebox';
import type { HttpServer } from '../../platform/http/index.ts';
import { mosaic } from '../mosaic.ts';
import { PAGE_HEADERS } from '../send-page.ts';

const schema = { hide: true, params: closed({ name: Type.String({ pattern: '^[a-z0-9_-]{1,64}$', maxLength: 64 }) }) };

const DAY_SECONDS = 86_400;

/** `/pictures/{name}.svg`: the mosaic of a name. */
export function picturesRoute(http: HttpServer): void {
  http.get('/pictures/:name.svg', { schema, config: { audience: 'public' } }, async (request, reply) => {
    return reply
      .headers({ ...PAGE_HEADERS, 'cache-control': `public, max-age=${DAY_SECONDS}`, 'content-type': 'image/svg+xml' })
      .send(mosaic(request.params.name));
  });
}
