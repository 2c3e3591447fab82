import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertUnharmed } from './attack.ts';
import { countRows, type Rows } from './books.ts';
import { poisons } from './poisons.ts';
import { freshKey, type World, buildWorld } from './world.ts';

const HOLDS = 1_000;
const AT_ONCE = 250;

let world: World;
let rows: Rows;

before(async () => {
  world = await buildWorld();
  rows = await countRows(world.databaseUrl);
});

after(() => world.close());

test('what only PostgreSQL would refuse is refused at the edge, and among it 1,000 holds are made', async () => {
  const answers = { holds: 0, refused: 0, accepted: 0 };
  const poison = poisons(world);
  const hold = async (): Promise<void> => {
    const lines = [{ ticket_type_id: world.event.free, quantity: 1 }];
    const body = { event_id: world.event.eventId, lines };
    const { status } = await world.send('POST', '/api/v1/bookings', { body, token: world.freshToken(), key: freshKey() });
    assert.equal(status, 201);
    answers.holds += 1;
  };
  const harm = async (index: number): Promise<void> => {
    const { label, method, path, body, token, writes, isFine } = poison[index % poison.length]!;
    const answer = await world.send(method, path, { body, token, key: freshKey() });
    const isAccepted = answer.status < 300;
    assert.ok(isAccepted ? isFine : answer.status < 500, `${label}: ${answer.status} ${JSON.stringify(answer.body)}`);
    answers[isAccepted ? 'accepted' : 'refused'] += 1;
    if (isAccepted) for (const [table, count] of Object.entries(writes)) rows[table] = (rows[table] ?? 0) + count;
  };
  const work = Array.from({ length: HOLDS }, (_, index) => [hold, () => harm(index)]).flat();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = work.pop(); next !== undefined; next = work.pop()) await next();
    }),
  );
  process.stdout.write(`poison: ${JSON.stringify(answers)} of ${poison.length} kinds\n`);
  rows['sales.bookings'] = (rows['sales.bookings'] ?? 0) + HOLDS;
  assert.equal(answers.holds, HOLDS);
  await assertUnharmed(world, rows);
});
