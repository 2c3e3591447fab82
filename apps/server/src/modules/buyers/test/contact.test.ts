import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newAddress, openBuyers, type BuyersServer } from './support.ts';

let server: BuyersServer;
before(async () => {
  server = await openBuyers();
});
after(() => server.close());

const PATH = '/buyer-sessions/me/contact';
const put = (token: string, email: string) => server.send({ method: 'PUT', path: PATH, token, body: { email } });
const get = (token: string) => server.send({ method: 'GET', path: PATH, token });

test('an address is set, replaced, shown to its session alone, and forgotten', async () => {
  const [buyer, other] = [server.newBuyer(), server.newBuyer()];
  assert.equal((await get(buyer.token)).statusCode, 404);
  assert.deepEqual((await put(buyer.token, 'Ada@Bücher.Example')).json(), { email: 'Ada@xn--bcher-kva.example' });
  assert.deepEqual((await put(buyer.token, 'ada@example.org')).json(), { email: 'ada@example.org' });
  assert.deepEqual((await get(buyer.token)).json(), { email: 'ada@example.org' });
  assert.equal((await get(other.token)).statusCode, 404);
  for (let times = 0; times < 2; times += 1) {
    assert.equal((await server.send({ method: 'DELETE', path: PATH, token: buyer.token })).statusCode, 204);
    assert.equal((await get(buyer.token)).statusCode, 404);
  }
  const left = await server.db.query(
    'select 1 from buyers.contacts where buyer_key = $1 union all select 1 from buyers.contact_keys where buyer_key = $1',
    [buyer.buyerKey],
  );
  assert.deepEqual(left, []);
});

test('what is no address is refused', async () => {
  const { token } = server.newBuyer();
  for (const email of [
    '',
    'ada',
    'a@b\r\nBcc: x@example.org',
    'a b@example.org',
    `${'a'.repeat(300)}@example.org`,
    'a\u200b@example.org',
  ]) {
    const answer = await put(token, email);
    assert.deepEqual([answer.statusCode, answer.json().errors[0].field], [400, '/email'], email);
  }
});

test('the rows hold no address: it is sealed under a key of its own, and a row moved to another buyer cannot be read', async () => {
  const [buyer, thief] = [server.newBuyer(), server.newBuyer()];
  const email = newAddress();
  await put(buyer.token, email);
  await put(thief.token, newAddress());
  const [row] = await server.db.query<{ text: string }>(
    `select encode(email_lookup || mailbox_lookup || email_sealed, 'escape') || (select encode(sealed_key, 'escape') from buyers.contact_keys k
       where k.buyer_key = c.buyer_key) as text from buyers.contacts c where buyer_key = $1`,
    [buyer.buyerKey],
  );
  assert.ok(row && !row.text.includes(email.split('@', 1)[0]!) && !row.text.includes('example'));
  await server.db.query(
    `update buyers.contacts t set email_sealed = s.email_sealed from buyers.contacts s where t.buyer_key = $1 and s.buyer_key = $2`,
    [thief.buyerKey, buyer.buyerKey],
  );
  await server.db.query(
    `update buyers.contact_keys t set sealed_key = s.sealed_key from buyers.contact_keys s where t.buyer_key = $1 and s.buyer_key = $2`,
    [thief.buyerKey, buyer.buyerKey],
  );
  assert.equal((await get(thief.token)).statusCode, 500);
  assert.deepEqual((await get(buyer.token)).json(), { email });
});

test('setting and forgetting at once leave both rows or neither, and what is left can be read', async () => {
  const { token, buyerKey } = server.newBuyer();
  for (let round = 0; round < 60; round += 1) {
    const answers = await Promise.all([
      put(token, 'one@example.org'),
      server.send({ method: 'DELETE', path: PATH, token }),
      put(token, 'two@example.org'),
    ]);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 204, 200],
    );
    const read = await get(token);
    assert.ok([200, 404].includes(read.statusCode), read.body);
    const [rows] = await server.db.query<{ keys: number; contacts: number }>(
      `select (select count(*)::int from buyers.contact_keys where buyer_key = $1) as keys,
         (select count(*)::int from buyers.contacts where buyer_key = $1) as contacts`,
      [buyerKey],
    );
    assert.equal(rows?.keys, rows?.contacts);
  }
});
