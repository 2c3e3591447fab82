import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import type { Queryable } from '../../../platform/db/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import { buildBuyerSessions } from '../../accounts/index.ts';
import { readNewest } from '../queries/bookings.ts';
import { openBuyers, type BuyersServer, type TestBuyer } from './support.ts';

let server: BuyersServer;
before(async () => {
  server = await openBuyers();
});
after(() => server.close());

type Page = { data: { id: string; state: string }[]; has_more: boolean };
const PATH = '/buyer-sessions/me/bookings';

async function pageOf({ token }: Pick<TestBuyer, 'token'>, query = '', path = PATH): Promise<Page> {
  const answer = await server.send({ method: 'GET', path: path + query, token });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers['cache-control'], 'private, no-store');
  return answer.json<Page>();
}

test('a buyer sees bookings of every event, newest first, as each is shown alone, and no other’s', async () => {
  const [buyer, other] = [server.newBuyer(), server.newBuyer()];
  const events = [await server.newEvent(), await server.newEvent()];
  const made: string[] = [];
  for (const event of [events[0]!, events[1]!, events[0]!]) made.unshift(await buyer.book(event));
  const others = await other.book(events[0]!);
  await server.follow();
  const { data, has_more: hasMore } = await pageOf(buyer);
  assert.deepEqual([data.map(({ id }) => id), hasMore], [made, false]);
  for (const listed of data) {
    const alone = (await server.send({ method: 'GET', path: `/bookings/${listed.id}`, token: buyer.token })).json<object>();
    assert.deepEqual({ ...listed, expires_in_seconds: 0 }, { ...alone, expires_in_seconds: 0 });
  }
  assert.deepEqual(
    (await pageOf(other)).data.map(({ id }) => id),
    [others],
  );
  assert.deepEqual(await pageOf(server.newBuyer()), { data: [], has_more: false });
  const foreign = await server.send({ method: 'GET', path: `${PATH}?starting_after=${others}`, token: buyer.token });
  assert.deepEqual([foreign.statusCode, foreign.json().errors[0].field], [400, '/query/starting_after']);
});

test('without a session of ours that is still good, nothing is told', async () => {
  const wrong = [
    [undefined, 'BUYER_SESSION_MISSING'],
    [
      buildBuyerSessions({ serverKey: Buffer.alloc(32, 1), clock: systemClock }).issueBuyerSession(systemClock.nowMs()).token,
      'BUYER_SESSION_INVALID',
    ],
    [server.accounts.issueBuyerSession(0).token, 'BUYER_SESSION_EXPIRED'],
    [await server.newPerson(), 'BUYER_SESSION_INVALID'],
  ] as const;
  for (const [token, code] of wrong) {
    for (const [method, path] of [
      ['GET', PATH],
      ['GET', '/buyer-sessions/me/contact'],
      ['DELETE', '/buyer-sessions/me/contact'],
    ] as const) {
      const answer = await server.send({ method, path, ...(token !== undefined && { token }) });
      assert.deepEqual([answer.statusCode, answer.json().code], [401, code], path);
    }
  }
  const asPerson = await server.send({ method: 'GET', path: '/users/me/bookings', token: server.newBuyer().token });
  assert.deepEqual([asPerson.statusCode, asPerson.json().code], [401, 'ACCESS_TOKEN_INVALID']);
});

/** Walks all pages while `meanwhile` goes on between them. */
async function walk(
  token: string,
  { limit, path, meanwhile }: { limit: number; path: string; meanwhile: () => Promise<void> },
): Promise<string[]> {
  const found: string[] = [];
  for (let query = `?limit=${limit}`; ; query = `?limit=${limit}&starting_after=${found.at(-1)}`) {
    const { data, has_more: hasMore } = await pageOf({ token }, query, path);
    found.push(...data.map(({ id }) => id));
    if (!hasMore) return found;
    await meanwhile();
  }
}

test('a thousand bookings page by page, of a session and of an account, are each seen once while new ones come', async () => {
  const [one, two] = [server.newBuyer(), server.newBuyer()];
  const events = [await server.newEvent(), await server.newEvent(), await server.newEvent()];
  const before = new Map<string, Set<string>>([
    [one.buyerKey, new Set()],
    [two.buyerKey, new Set()],
  ]);
  await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const buyer = index % 4 === 0 ? two : one;
      before.get(buyer.buyerKey)!.add(await buyer.book(events[index % 3]!));
    }),
  );
  await server.follow();
  // A batch has one time: the order of those is by their ids, and as firm.
  const meanwhile = async (): Promise<void> => {
    await Promise.all([one.book(events[0]!), two.book(events[1]!)]);
    await server.follow();
  };
  const beganMs = performance.now();
  const ofOne = await walk(one.token, { limit: 100, path: PATH, meanwhile });
  assert.equal(ofOne.length, 750);
  assert.deepEqual(new Set(ofOne), before.get(one.buyerKey));

  const person = await server.newPerson();
  for (const { token } of [one, two])
    await server.send({ method: 'POST', path: '/users/me/buyer-sessions', token: person, body: { token } });
  const all = new Set([...before.values()].flatMap((ids) => [...ids]));
  const ofPerson = await walk(person, { limit: 70, path: '/users/me/bookings', meanwhile });
  assert.equal(new Set(ofPerson).size, ofPerson.length, 'seen twice');
  assert.deepEqual(new Set(ofPerson.filter((id) => all.has(id))), all);
  process.stdout.write(`bookings: walked ${ofOne.length + ofPerson.length} in pages in ${Math.round(performance.now() - beganMs)} ms\n`);
});

test('a page reads nothing of other buyers, though one has very many bookings', async () => {
  const buyerKey = newUuid(systemClock.nowMs());
  await server.db.query(
    `insert into buyers.bookings select case when n % 2 = 0 then $1 else gen_random_uuid() end, gen_random_uuid(), gen_random_uuid(),
       now() - n * interval '1 s' from generate_series(1, 40000) n`,
    [buyerKey],
  );
  await server.db.query('analyze buyers.bookings');
  let plan = '';
  const explaining: Queryable = {
    ...server.db,
    query: async (text, values) => {
      plan = (await server.db.queryRows(`explain (analyze, timing off) ${text}`, values)).join('\n');
      return server.db.query(text, values);
    },
  };
  const few = (
    await server.db.query<{ buyer_key: string }>('select buyer_key from buyers.bookings where buyer_key <> $1 order by at limit 20', [
      buyerKey,
    ])
  ).map((row) => row.buyer_key);
  const rows = await readNewest(explaining, { buyerKeys: few, after: null, limit: 101 });
  assert.ok(rows.length >= few.length && rows.length < 1_000);
  const most = Math.max(...[...plan.matchAll(/actual rows=(\d+)/g)].map((match) => Number(match[1])));
  assert.ok(plan.includes('bookings_by_time') && most <= rows.length, plan);
});
