export { binariesIn } from './binaries.ts';
export { CONNECTIONS_MAX, startEmbeddedPostgres } from './embedded.ts';
export type { EmbeddedOptions, EmbeddedPostgres } from './embedded.ts';
export { readPostmaster, runningPostmaster } from './postmaster-file.ts';
export { runningEmbeddedUrl } from './running-url.ts';
