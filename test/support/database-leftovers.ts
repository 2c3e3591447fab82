import { Client } from 'pg';

/** Every database that tests make begins with this. */
export const databasePrefix = 'tessera_test_';

/** Drops what killed test runs have left. */
export async function dropLeftovers(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [
      databasePrefix,
    ]);
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  } finally {
    await client.end();
  }
}
