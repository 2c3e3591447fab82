import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import type { CheckIn } from '@tessera/contract';
import { startServer } from '../../../../../../../test/support/server.ts';
import { assertDoorsSound } from './recount.ts';
import { openDoors, SECRET, type DoorEvent } from './support.ts';

const doors = await openDoors();
after(() => doors.close());

const TICKETS = 400;
const AT_ONCE = 40;

type Heard = { scanId: string; code: string; outcome: string | null };

/** Scans until the server is gone; null where nobody heard what came of it. */
async function scanAll(url: string, event: DoorEvent, codes: readonly string[], onAnswers: (count: number) => void): Promise<Heard[]> {
  const heard: Heard[] = codes.map((code) => ({ scanId: randomUUID(), code, outcome: null }));
  let next = 0;
  let answers = 0;
  const scanner = async (): Promise<void> => {
    for (let scan = heard[next++]; scan; scan = heard[next++]) {
      const body = JSON.stringify({ scan_id: scan.scanId, code: scan.code });
      const headers = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}${event.path}/check-ins`, { method: 'POST', headers, body }).catch(() => null);
      const told = answer?.status === 200 ? ((await answer.json().catch(() => null)) as CheckIn | null) : null;
      if (!told) continue;
      scan.outcome = told.outcome;
      answers += 1;
      onAnswers(answers);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, scanner));
  return heard;
}

test('a server that is killed among its scans: what was answered is so, and what was not can be asked again', async () => {
  const event = await doors.newEvent();
  const codes = (await doors.sell(event, TICKETS)).map((ticket) => ticket.code);
  const env = { DATABASE_URL: doors.url, TESSERA_INTERNAL_SECRET: SECRET, TESSERA_SERVER_KEY: '09'.repeat(32), LOG_LEVEL: 'silent' };
  const server = await startServer({ args: ['serve', '--roles', 'api'], env });
  let killed: Promise<void> | null = null;
  const heard = await scanAll(server.url, event, codes, (count) => {
    if (count >= TICKETS / 2) killed ??= server.kill9('server');
  });
  await killed;
  const answered = heard.filter(({ outcome }) => outcome !== null);
  assert.ok(answered.length >= TICKETS / 2 && answered.length < TICKETS, `${answered.length} were answered`);
  for (const { scanId, code, outcome } of heard) {
    const { body } = await doors.send<CheckIn>(`${event.path}/check-ins`, { body: { scan_id: scanId, code } });
    assert.equal(body.outcome, 'admitted');
    if (outcome !== null) assert.equal(body.replayed, true, 'what was answered was written');
  }
  await assertDoorsSound(doors.db, event.uuid);
  await server.kill9('all');
});
