import { join } from 'node:path';

/** Where the database of a URL listens: on a socket in a folder, or at a port. */
export function targetOf(url: string): { path: string } | { host: string; port: number } {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get('host');
  const portNumber = Number(port || '5432');
  return folder === null ? { host: hostname, port: portNumber } : { path: join(folder, `.s.PGSQL.${portNumber}`) };
}

/** The same database, at the socket of another folder. */
export function through(url: string, folder: string): string {
  const changed = new URL(url);
  changed.searchParams.set('host', folder);
  changed.port = '';
  return changed.href;
}
