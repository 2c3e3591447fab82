import { connectOnce } from '../../platform/db/index.ts';
import { SUPERUSER } from './create-cluster.ts';

const DATABASE = 'tessera';

/** Makes the database unless it exists and answers its URL. */
export async function createDatabaseIfMissing(socketFolder: string): Promise<string> {
  const client = await connectOnce(socketUrl(socketFolder, 'postgres'), 'tessera-start');
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return databaseUrl(socketFolder);
}

export function databaseUrl(socketFolder: string): string {
  return socketUrl(socketFolder, DATABASE);
}

/** The host before the path is never used; URL parsers want one. */
function socketUrl(folder: string, database: string): string {
  return `postgres://${SUPERUSER}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}
