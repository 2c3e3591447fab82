import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeclaredRoute } from '../../../apps/server/src/declared-routes.ts';

type Documented = { operationId: string; security?: readonly Record<string, unknown>[]; responses: Record<string, unknown> };
type Document = { paths: Record<string, Record<string, Documented>> };

/** A route as it is registered, with what the document says of it. */
export type Operation = DeclaredRoute & {
  /** That of the operation; of a route that is in no document its method and path. */
  name: string;
  /** Null where there is no document. */
  security: readonly string[] | null;
  statuses: readonly number[] | null;
};

const { paths } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/openapi.json'), 'utf8')) as Document;

/** The route table, but for the reference page, which is another's, and for HEAD, which goes with GET. */
export function operationsOf(routes: readonly DeclaredRoute[]): Operation[] {
  return routes.filter(({ method, path }) => method !== 'HEAD' && !path.startsWith('/docs')).map(withDocument);
}

function withDocument(route: DeclaredRoute): Operation {
  const documented = paths[route.path]?.[route.method.toLowerCase()];
  if (!documented) return { ...route, name: `${route.method} ${route.path}`, security: null, statuses: null };
  const { operationId: name, security = [], responses } = documented;
  return { ...route, name, security: security.flatMap((each) => Object.keys(each)), statuses: Object.keys(responses).map(Number) };
}
