import type { App as WholeApp, ComposeOptions } from '../compose.ts';

/** What serving needs of what the composition root makes. */
export type App = Pick<WholeApp, 'listen' | 'close' | 'seedDemo'>;

export type Compose = (options: ComposeOptions) => Promise<App>;
