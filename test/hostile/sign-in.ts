import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestServer } from '../support/server.ts';

type Send = (method: string, path: string, options: { body: unknown }) => Promise<{ status: number; body: Record<string, unknown> }>;

const PASSWORD = 'a long walk by the sea';
const LATEST_MS = 10_000;

/** A person of the running program: asks for an account, reads the mail in the server's outbox, and follows it. */
export async function signIn(server: TestServer, send: Send, email: string): Promise<{ accessToken: string; refreshToken: string }> {
  const asked = await send('POST', '/api/v1/sign-ups', { body: { email, password: PASSWORD, name: 'Somebody' } });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const token = await mailedToken(join(server.home, 'outbox'), email);
  const verified = await send('POST', '/api/v1/sign-ups/verify', { body: { token, password: PASSWORD } });
  assert.equal(verified.status, 201, JSON.stringify(verified.body));
  return { accessToken: String(verified.body['access_token']), refreshToken: String(verified.body['refresh_token']) };
}

async function mailedToken(folder: string, to: string): Promise<string> {
  const end = performance.now() + LATEST_MS;
  for (;;) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith('.eml')) continue;
      const mail = await readFile(join(folder, name), 'utf8');
      const token = /mlt_[\w-]+/.exec(mail)?.[0];
      if (mail.includes(to) && token !== undefined) return token;
    }
    assert.ok(performance.now() < end, `no mail has come to ${to}`);
    await pause(20);
  }
}
