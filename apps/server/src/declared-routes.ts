import type { RouteOptions } from 'fastify';
import type { Audience, HttpServer } from './platform/http/index.ts';

/** A route as it is registered, and whom it says that it is for. */
export type DeclaredRoute = {
  method: string;
  /** As in the OpenAPI document: `/api/v1/events/{id}`. */
  path: string;
  audience: Audience | 'member';
  /** What a member must be allowed; null for who is no member. */
  permission: string | null;
};

/**
 * Notes every route that is registered from now on. What it returns is to be called when all are: it throws where a route
 * says for nobody that it is for them, or for two, so that a server with such a route does not start.
 */
export function noteRoutes(http: HttpServer): () => readonly DeclaredRoute[] {
  const noted: RouteOptions[] = [];
  http.addHook('onRoute', (route) => {
    noted.push(route);
  });
  return () => noted.flatMap((route) => methodsOf(route).map((method) => ({ method, ...declarationOf(route) })));
}

function declarationOf({ url, config }: RouteOptions): Omit<DeclaredRoute, 'method'> {
  const { audience, permission = null } = config ?? {};
  const path = url.replace(/:(\w+)/g, '{$1}');
  if (audience === undefined && permission === null)
    throw new Error(`${path} does not say whom it is for: give it an audience or a permission.`);
  if (audience !== undefined && permission !== null) throw new Error(`${path} is for ${audience} or for members, not for both.`);
  return { path, audience: audience ?? 'member', permission };
}

function methodsOf({ method }: RouteOptions): string[] {
  return [method].flat();
}
