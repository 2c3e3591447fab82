import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configurationText } from './configuration-text.ts';

/** Writes docs/configuration.md. */
writeFileSync(resolve(import.meta.dirname, '../docs/configuration.md'), configurationText());
