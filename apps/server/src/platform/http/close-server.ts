import type { HttpServer } from './server.ts';

/**
 * Stops accepting, lets requests in flight finish for at most `drainMs`, then closes what is left.
 * Idle keep-alive connections are closed at once.
 */
export async function closeServer(http: HttpServer, drainMs: number): Promise<void> {
  const impatience = setTimeout(() => http.server.closeAllConnections(), drainMs);
  try {
    await http.close();
  } finally {
    clearTimeout(impatience);
  }
}
