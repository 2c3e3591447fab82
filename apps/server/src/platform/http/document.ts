import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { tidyDocument } from './tidy-document.ts';
import type { HttpServer } from './http-server.ts';

const info = {
  title: 'Tessera',
  version: '1',
  description:
    'Events, and tickets that are never sold twice. Errors are problem+json (RFC 9457) with a stable `code`; `retryable` says whether the same ' +
    'request may be sent again. Money is in integers of the smallest unit, times are UTC.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

const tags = [
  { name: 'events', description: 'What is on, and what is left.' },
  { name: 'buyers', description: 'Who buys.' },
  { name: 'accounts', description: 'Who signs in.' },
  { name: 'organizations', description: 'Who sells, and who may do what for them.' },
  { name: 'selling', description: 'What organizations sell: events, their sale, ticket types and quotas.' },
  { name: 'operator', description: 'Who runs the platform.' },
  { name: 'bookings', description: 'Hold, confirm and give back tickets.' },
  { name: 'operation', description: 'How the server is.' },
];

const components = {
  securitySchemes: {
    buyerSession: { type: 'http', scheme: 'bearer', description: 'The token of a buyer session.' },
    apiKey: { type: 'http', scheme: 'bearer', description: 'The token of an API key, tsk_live_… or tsk_test_….' },
    platformSecret: { type: 'http', scheme: 'bearer', description: 'The secret of who runs the platform.' },
    accessToken: { type: 'http', scheme: 'bearer', description: 'The access token of a session.' },
  },
} as const;

/**
 * Collects the OpenAPI 3.1 document from the schemas of every route registered after it, and serves it with a
 * reference page. Only tagged routes are public; `/internal` and pages are not in it.
 */
export async function serveDocument(http: HttpServer): Promise<void> {
  await http.register(swagger, {
    openapi: { openapi: '3.1.0', info, tags, components },
    hideUntagged: true,
    transform: ({ schema, url }) => ({ schema: { ...schema, ...(url.startsWith('/internal') && { hide: true }) }, url }),
    transformObject: (document) => ('openapiObject' in document ? tidyDocument(document.openapiObject) : document.swaggerObject),
  });
  await http.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, audience: 'public' };
    });
    await scope.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { docExpansion: 'list' } });
  });
  // Made once: a kilobyte of requests without pause must not cost megabytes of text each.
  let document: Buffer | null = null;
  http.get('/openapi.json', { schema: { hide: true }, config: { audience: 'public' } }, async (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'public, max-age=300');
    document ??= Buffer.from(documentText(http));
    return reply.send(document);
  });
}

/** The document as it is served and committed. The server must be ready. */
export function documentText(http: HttpServer): string {
  return `${JSON.stringify(http.swagger(), null, 2)}\n`;
}
