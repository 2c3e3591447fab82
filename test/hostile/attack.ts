import assert from 'node:assert/strict';
import { headerOf, type Answer } from './answer-reader.ts';
import { addWrites, countRows, rssMb, type Rows } from './books.ts';
import { ANSWER_MAX_MS, findFault, problemOf } from './check-answer.ts';
import { generate } from './generate.ts';
import type { Hostile } from './request.ts';
import { exchange } from './wire.ts';
import { freshKey, type World } from './world.ts';

export type Attack = { seed: number; count: number };

const AT_ONCE = 16;
/** The heap grows by 250 MB in the first 20,000 and then no more: its collector is in no hurry. A leak goes on. */
const GROWTH_MAX_MB = 600;
const FAULTS_SHOWN = 15;
const SHOWN_BYTES = 700;

/**
 * Sends generated requests, many at once, and proves that each is answered as it must be, that nothing is written but
 * what was accepted, and that the server then sells as before.
 */
export async function attack(world: World, { seed, count }: Attack): Promise<void> {
  const expected = await countRows(world.databaseUrl);
  const memoryMb = [rssMb(world.server.pid)];
  const kinds = new Map<string, number>();
  const faults: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count && faults.length < FAULTS_SHOWN) {
      const index = next++;
      const hostile = generate(seed, index, world);
      const exchanged = await exchange(world.server.port, hostile.exchange, ANSWER_MAX_MS);
      const fault = findFault(hostile, exchanged);
      if (fault !== null) faults.push(tell(hostile, { seed, index }, fault));
      const [first] = exchanged.answers;
      // Sent with another method, or to another path, it may be another route, which writes nothing: a page for example.
      const isItself = hostile.exchange.methods[0] === hostile.route.method;
      if (first && isItself && !isPage(first)) addWrites(expected, hostile.route.writes, first);
      const kind = first === undefined ? 'none' : `${first.status} ${problemOf(first)?.code ?? ''}`.trim();
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  memoryMb.push(rssMb(world.server.pid));
  process.stdout.write(`hostile: ${count} requests under seed ${seed}, rss ${memoryMb.join(' -> ')} MB, ${summary(kinds)}\n`);
  assert.ok((memoryMb[1] ?? 0) - (memoryMb[0] ?? 0) < GROWTH_MAX_MB, `memory grew: ${memoryMb.join(' -> ')} MB`);
  assert.deepEqual(faults, [], `${faults.length} faults\n${faults.join('\n\n')}\n${world.server.output().slice(-4_000)}`);
  await assertUnharmed(world, expected);
}

/** The books hold what was accepted and nothing else, they agree, and tickets are sold at once. */
export async function assertUnharmed(world: World, expected: Rows): Promise<void> {
  assert.deepEqual(await countRows(world.databaseUrl), expected, 'rows that no accepted request wrote, or too few');
  for (const { eventId } of [world.event, world.other, world.kept]) {
    const audit = await world.send('GET', `/api/v1/events/${eventId}/audit?full=true`);
    assert.equal(audit.body['verdict'], 'clean', JSON.stringify(audit.body['problems']));
  }
  const lines = [{ ticket_type_id: world.kept.free, quantity: 1 }];
  const body = { event_id: world.kept.eventId, lines, confirm: true };
  const sold = await world.send('POST', '/api/v1/bookings', { body, token: world.freshToken(), key: freshKey() });
  assert.deepEqual([sold.status, sold.body['state']], [201, 'confirmed'], JSON.stringify(sold.body));
  await assertNothingPoisoned(world);
}

/** PostgreSQL has refused no command, and nothing was worth a line in the log. */
async function assertNothingPoisoned({ server }: World): Promise<void> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^tessera_lane_bisections_total 0$/m);
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  assert.deepEqual(lines, []);
}

function isPage(answer: Answer): boolean {
  return headerOf(answer, 'content-type')?.startsWith('text/html') ?? false;
}

function tell({ label, exchange: sent }: Hostile, { seed, index }: { seed: number; index: number }, fault: string): string {
  const bytes = Buffer.concat(sent.pieces.map((piece) => Buffer.from(piece)));
  const shown = JSON.stringify(bytes.subarray(0, SHOWN_BYTES).toString('latin1'));
  return `#${index} of seed ${seed} (${label}): ${fault}\n  sent ${bytes.length} bytes: ${shown}`;
}

function summary(kinds: ReadonlyMap<string, number>): string {
  return [...kinds]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', ');
}
