import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { runMain } from '../../apps/server/src/run-main.ts';
import type { ComposeOptions } from '../../apps/server/src/compose.ts';
import type { App } from '../../apps/server/src/serve/app.ts';
import { runServe } from '../../apps/server/src/serve/command.ts';

/**
 * The program with a tiny application in place of the real one, so that tests of starting and stopping decide how
 * long a request takes: `/slow?ms=` answers after so long with a word from the database; `/crash` ends the process.
 */
process.exit(await runMain(process.argv.slice(2), (args) => runServe(args, composeFake)));

async function composeFake({ config, database }: ComposeOptions): Promise<App> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === '/crash') process.exit(7);
    await sleep(Number(url.searchParams.get('ms') ?? 0));
    response.setHeader('connection', 'close');
    response.end(`${process.pid} ${await askDatabase(database.url)}`);
  });
  return {
    listen: () =>
      new Promise((resolve) => {
        server.listen(config.http.port, config.http.host, () => resolve({ port: (server.address() as { port: number }).port }));
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
    seedDemo: async () => {
      await query(database.url, 'create table if not exists demo (word text)');
      await query(database.url, "insert into demo values ('seeded')");
    },
  };
}

async function askDatabase(url: string): Promise<string> {
  const rows = await query(url, 'select count(*)::int as count from demo');
  return `demo ${String(rows[0]?.['count'])}`;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
