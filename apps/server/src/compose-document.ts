import { loadConfig } from './config.ts';
import { compose } from './compose.ts';
import { documentText } from './platform/http/index.ts';

const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

/** The OpenAPI document of this source tree. Needs no database: nothing connects before the first request. */
export async function composeDocument(): Promise<string> {
  const app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    database: { url: NOWHERE, directUrl: NOWHERE },
    secrets: { serverKey: Buffer.alloc(32), internalSecret: null },
  });
  try {
    return documentText(app.server);
  } finally {
    await app.close();
  }
}
