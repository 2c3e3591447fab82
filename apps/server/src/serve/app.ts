import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

export type ComposeOptions = { config: Config; database: { url: string; directUrl: string }; secrets: Secrets };

/** What the composition root makes: everything between the HTTP socket and the database. */
export type App = {
  listen(): Promise<{ port: number }>;
  /** Stops accepting, finishes what has begun, closes connections. */
  close(): Promise<void>;
  seedDemo(): Promise<void>;
};

export type Compose = (options: ComposeOptions) => Promise<App>;
