import { PictureList } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { picturePath, SHIPPED_PICTURES } from '../pictures.ts';

const schema = {
  operationId: 'listPictures',
  summary: 'The pictures that ship with Tessera',
  tags: ['events'],
  response: { 200: PictureList },
};

const DAY_SECONDS = 86_400;

export function listPicturesRoute(http: HttpServer): void {
  http.get('/api/v1/pictures', { schema, config: { audience: 'public' } }, async (_request, reply) => {
    reply.header('cache-control', `public, max-age=${DAY_SECONDS}`);
    return { data: SHIPPED_PICTURES.map(({ id, category, alt }) => ({ id, path: picturePath(id), category, alt })) };
  });
}
