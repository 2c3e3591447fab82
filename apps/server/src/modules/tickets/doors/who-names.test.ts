import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatId } from '../../../platform/ids/index.ts';
import { FakeDoors, scanOf, ticketOf, uuid } from './decide/test/fake-doors.ts';
import { buildWhoNames } from './who-names.ts';

const ADA = formatId('per', uuid(7));

function doubleAfter(by: string) {
  const doors = new FakeDoors([ticketOf()]);
  const [, double] = doors.run(scanOf(1, { by }), scanOf(2));
  assert.ok(double?.kind === 'scanned');
  return double.checkIn;
}

test('a double tells the name of who let in before, who is asked for once', async () => {
  const asked: string[][] = [];
  const whoNames = buildWhoNames(async (ids) => {
    asked.push([...ids]);
    return new Map([[uuid(7), { name: 'Ada' }]]);
  });
  const double = doubleAfter(ADA);
  assert.deepEqual(await whoNames([double, double]), new Map([[ADA, 'Ada']]));
  assert.deepEqual(await whoNames([double]), new Map([[ADA, 'Ada']]));
  assert.deepEqual(asked, [[uuid(7)]]);
});

test('keys and the platform have no name, nor has who is not there any more; for them nobody is asked twice', async () => {
  let asked = 0;
  const whoNames = buildWhoNames(async () => {
    asked += 1;
    return new Map();
  });
  assert.deepEqual(await whoNames([doubleAfter('platform'), doubleAfter('key_01kjw8x9v3e8aa7m2zq5r4t6yb')]), new Map());
  assert.equal(asked, 0);
  const gone = doubleAfter(ADA);
  await whoNames([gone]);
  assert.deepEqual(await whoNames([gone]), new Map());
  assert.equal(asked, 1);
});

test('a scan that met nobody asks for no name', async () => {
  const doors = new FakeDoors([ticketOf()]);
  const [admitted] = doors.run(scanOf(1));
  assert.ok(admitted?.kind === 'scanned');
  assert.equal((await buildWhoNames(() => assert.fail('asked'))([admitted.checkIn])).size, 0);
});
