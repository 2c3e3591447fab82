import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isOpen, newKey, send, type Reply, type Sent } from '../shop.ts';

type Said = NonNullable<Reply>;

/** How long one request is repeated before its outcome counts as unknown for ever. */
const KNOWN_WITHIN_MS = 60_000;
const AGAIN_MS = 60;

export type Wanted = Omit<Sent, 'key'> & {
  key?: string;
  /** Whether nobody wants to know any more; then it rejects. */
  isOver?: () => boolean;
};

/** Sends a request, the same one again and again, until its outcome is known: to the next server each time, if there are several. */
export async function insist(origins: () => readonly string[], path: string, wanted: Wanted): Promise<Said> {
  const { isOver = () => false, key = newKey(), ...sent } = wanted;
  const endMs = performance.now() + KNOWN_WITHIN_MS;
  for (let tries = 0; ; tries += 1) {
    const urls = origins();
    const url = urls[tries % Math.max(1, urls.length)];
    const reply = url === undefined ? null : await send(`${url}${path}`, { ...sent, key });
    if (reply !== null && !isOpen(reply)) return reply;
    if (isOver()) throw new Error(`Nobody waits for ${path} any more.`);
    assert.ok(performance.now() < endMs, `the outcome of ${path} stays unknown: ${JSON.stringify(reply)}`);
    await pause(AGAIN_MS);
  }
}
