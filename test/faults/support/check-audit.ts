import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { parseId } from '../../../apps/server/src/platform/ids/index.ts';
import { openDb } from '../../../apps/server/src/platform/db/index.ts';
import { assertSound } from '../../../apps/server/src/modules/sales/test/recount.ts';
import type { ShopEvent } from './shop.ts';

const PATIENCE_MS = 30_000;

/** Fails unless the server's own full audit of the event is clean and a recount by SQL agrees. */
export async function checkAudit(url: string, databaseUrl: string, event: ShopEvent): Promise<void> {
  const report = await readAudit(url, event);
  assert.equal(report['verdict'], 'clean', JSON.stringify(report));
  const db = openDb({ url: databaseUrl, poolMax: 1, onError: () => {} });
  try {
    await assertSound(db, parseId('evt', event.id) ?? '');
  } finally {
    await db.close();
  }
}

async function readAudit(url: string, event: ShopEvent): Promise<Record<string, unknown>> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const response = await fetch(`${url}/api/v1/events/${event.id}/audit?full=true`).catch(() => null);
    if (response?.ok) return (await response.json()) as Record<string, unknown>;
    assert.ok(performance.now() < endMs, `the audit does not answer: ${response?.status}`);
    await pause(100);
  }
}
