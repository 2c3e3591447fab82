import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDatabase } from '../test/support/database.ts';
import { repository } from '../test/support/repository.ts';
import { schemaText } from './schema-text.ts';

/** Writes schema.sql from a freshly migrated database. */
const database = await createDatabase();
const client = new Client({ connectionString: database.url });
await client.connect();
writeFileSync(join(repository, 'schema.sql'), await schemaText(client));
await client.end();
await database.close();
process.exit(0);
