import type { HttpServer } from './http-server.ts';

const IDLE_CHECK_MS = 20;

/**
 * Stops accepting, lets requests in flight finish for at most `drainMs`, then closes what is left. A keep-alive
 * connection whose request was in flight when closing began becomes idle later, and Node would wait for its timeout:
 * idle connections are closed again and again.
 */
export async function closeServer(http: HttpServer, drainMs: number): Promise<void> {
  const idle = setInterval(() => http.server.closeIdleConnections(), IDLE_CHECK_MS);
  const impatience = setTimeout(() => http.server.closeAllConnections(), drainMs);
  try {
    await http.close();
  } finally {
    clearInterval(idle);
    clearTimeout(impatience);
  }
}
