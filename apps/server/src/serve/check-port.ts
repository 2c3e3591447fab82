import { createServer } from 'node:net';
import { StartProblem } from '../platform/start-problem.ts';

/** Throws StartProblem unless the address can be listened on, so that a start fails before it has begun anything. */
export async function checkPort(http: { host: string; port: number }): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, http)));
    server.listen({ host: http.host, port: http.port, exclusive: true }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

function explain(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartProblem(
        `Port ${port} is taken by another program. Stop that, or choose another port: npm start -- --port ${port + 1}`,
      );
    case 'EACCES':
      return new StartProblem(`This user may not listen on port ${port}. Choose one above 1023: npm start -- --port 8080`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new StartProblem(`HOST ${host} is not an address of this machine. Use localhost, or 0.0.0.0 to be reachable from others.`);
    default:
      return error;
  }
}
