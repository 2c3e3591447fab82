import { Client } from 'pg';
import { takeOptions, withSettings } from './url-options.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A connection of its own for work at the start, which the caller ends. Statements may take as long as they need:
 * servers that start together wait for each other, and a migration for what it moves.
 */
export async function connectOnce(url: string, applicationName: string): Promise<Client> {
  const { connectionString, options } = takeOptions(url);
  const client = new Client({
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: withSettings(options, ['statement_timeout=0', 'lock_timeout=0']),
  });
  // A connection that breaks rejects its query and says so once more here, where nobody listening would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}
