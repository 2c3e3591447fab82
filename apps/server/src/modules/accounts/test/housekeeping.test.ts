import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase } from '../../../../../../test/support/database.ts';
import { purgeKeys } from '../queries/api-keys.ts';
import { purgeAttempts } from '../queries/attempts.ts';
import { purgeChallenges } from '../queries/passkey-challenges.ts';
import { purgePasswordResets } from '../queries/password-resets.ts';
import { purgeSessions } from '../queries/sessions.ts';
import { purgeSignUps } from '../queries/sign-ups.ts';
import { openAccounts, type AccountsServer } from './support.ts';

const DAY_MS = 24 * 3_600_000;

let server: AccountsServer;
before(async () => {
  server = await openAccounts((await createDatabase()).url);
});
after(() => server.close());

const sessions = () => server.db.query<{ id: string }>('select id from accounts.sessions');
const tokens = () => server.db.query('select 1 from accounts.refresh_tokens');

test('sessions that ended or ran out go with their tokens, others stay', async () => {
  await server.newPerson();
  const { tokens: signedOut } = await server.newPerson();
  const left = await server.send({ method: 'DELETE', path: '/users/me/sessions', token: signedOut.access_token });
  assert.equal(left.statusCode, 204);
  assert.equal(await purgeSessions(server.db, server.nowMs() - DAY_MS), false);
  assert.equal((await sessions()).length, 2);
  await purgeSessions(server.db, server.nowMs() + 1_000);
  assert.deepEqual([(await sessions()).length, (await tokens()).length], [1, 1], 'the one that was ended');
  await purgeSessions(server.db, server.nowMs() + 3_650 * DAY_MS);
  assert.deepEqual([(await sessions()).length, (await tokens()).length], [0, 0]);
});

test('PostgreSQL takes what removes all the rest', async () => {
  await server.newPerson();
  for (const purge of [purgeAttempts, purgeSignUps, purgePasswordResets, purgeChallenges, purgeKeys]) {
    await purge(server.db, server.nowMs() + DAY_MS);
    assert.equal(await purge(server.db, server.nowMs() + DAY_MS), false, purge.name);
  }
});
