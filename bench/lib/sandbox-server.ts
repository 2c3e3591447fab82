import { join } from 'node:path';
import { startChildServer, type ChildServer } from './child-server.ts';
import type { Closers } from './closers.ts';
import { repository } from './repository.ts';

export type SandboxOptions = { folder: string; port: number; serverKeyHex: string; webhookUrl: string };

/** Starts the payment sandbox as it runs by itself, telling one server what happens. */
export function startSandboxServer({ folder, port, serverKeyHex, webhookUrl }: SandboxOptions, closers: Closers): Promise<ChildServer> {
  const env = {
    TESSERA_HOME: join(folder, 'sandbox'),
    TESSERA_SERVER_KEY: serverKeyHex,
    SANDBOX_PORT: String(port),
    SANDBOX_WEBHOOK_URLS: webhookUrl,
  };
  const args = [join(repository, 'apps/server/src/main.ts'), 'sandbox'];
  return startChildServer({ name: 'sandbox', folder, port, args, env, readyPath: '/health' }, closers);
}
