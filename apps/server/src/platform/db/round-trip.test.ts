import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { openLaneConnection, type Call, type LaneConnection } from './index.ts';

let database: TestDatabase;
let connection: LaneConnection;

before(async () => {
  database = await createDatabase();
  connection = await openLaneConnection(database.url);
});

after(async () => {
  await connection.close();
  await database.close();
});

const call = (name: string, text: string, values: Call['values'] = []): Call => ({ statement: { name, text }, values });
const BEGIN = call('begin', 'begin');
const ROLLBACK = call('rollback', 'rollback');

test('each call has its own rows, read by their types, the first time and every other', async () => {
  const calls = [
    BEGIN,
    call('numbers', 'select n, n * 1.5::float8, n > 1 from generate_series(1, $1::int) n', [2]),
    call('texts', 'select $1::text, null::text', ["a'b"]),
    call('nothing', 'select 1 where false'),
    ROLLBACK,
  ];
  for (let time = 0; time < 3; time += 1) {
    const answers = await connection.roundTrip(calls);
    assert.deepEqual(
      answers.map((answer) => answer.tag),
      ['BEGIN', 'SELECT', 'SELECT', 'SELECT', 'ROLLBACK'],
    );
    assert.deepEqual(
      answers.slice(1, 4).map((answer) => answer.rows),
      [
        [
          [1, 1.5, false],
          [2, 3, true],
        ],
        [["a'b", null]],
        [],
      ],
    );
  }
});

test('the same statement twice in one trip is prepared once', async () => {
  const twice = await connection.roundTrip([call('twice', 'select $1::int', [1]), call('twice', 'select $1::int', [2])]);
  assert.deepEqual(
    twice.map((answer) => answer.rows),
    [[[1]], [[2]]],
  );
});

test('what stands behind a failure is not executed, and the connection goes on', async () => {
  const late = call('late', 'create table public.late (id int)');
  const failed = connection.roundTrip([BEGIN, call('fails', 'select 1 / $1::int', [0]), late, call('commit', 'commit')]);
  await assert.rejects(failed, { code: '22012' });
  assert.deepEqual((await connection.roundTrip([ROLLBACK]))[0]?.tag, 'ROLLBACK');
  const found = call('found', "select to_regclass('public.late') is null");
  assert.deepEqual((await connection.roundTrip([found]))[0]?.rows, [[true]]);
  // Statements that were skipped, or prepared behind the failure, are prepared again.
  const answers = await connection.roundTrip([BEGIN, call('fails', 'select 1 / $1::int', [1]), late, ROLLBACK]);
  assert.equal(answers.length, 4);
});

test('a statement that cannot be prepared harms neither the connection nor its name', async () => {
  await assert.rejects(connection.roundTrip([call('wrong', 'select nonsense')]), { code: '42703' });
  assert.deepEqual((await connection.roundTrip([call('wrong', 'select 1')]))[0]?.rows, [[1]]);
});
