import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeDocument } from '../apps/server/src/compose-document.ts';

/** Writes docs/openapi.json from the routes as they are. */
await writeFile(join(import.meta.dirname, '..', 'docs', 'openapi.json'), await composeDocument());
