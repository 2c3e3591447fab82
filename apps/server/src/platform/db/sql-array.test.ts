import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc, { type Arbitrary } from 'fast-check';
import { createDatabase } from '../../../../../test/support/database.ts';
import {
  bigintArray,
  booleanArray,
  doubleArray,
  integerArray,
  jsonArray,
  openDb,
  textArray,
  uuidArray,
  uuidArrayOfBytes,
} from './index.ts';

const database = await createDatabase();
const db = openDb({ url: database.url, poolMax: 1, onError: () => {} });
after(async () => {
  await db.close();
  await database.close();
});

type Kind = { type: string; write: (values: never) => Buffer; element: Arbitrary<unknown>; read?: (text: string) => unknown };

const withoutNul = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
const kinds: readonly Kind[] = [
  { type: 'uuid', write: uuidArray, element: fc.uuid() },
  { type: 'integer', write: integerArray, element: fc.integer(), read: Number },
  { type: 'bigint', write: bigintArray, element: fc.maxSafeInteger(), read: Number },
  {
    type: 'float8',
    write: doubleArray,
    element: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    read: Number,
  },
  { type: 'boolean', write: booleanArray, element: fc.boolean(), read: (text) => text === 'true' },
  { type: 'text', write: textArray, element: withoutNul },
  { type: 'json', write: jsonArray, element: fc.json({ noUnicodeString: false }).filter((text) => !text.includes('\\u0000')) },
];

for (const { type, write, element, read = String } of kinds) {
  test(`PostgreSQL reads the elements of a ${type}[] as they were written, and nulls among them`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(element), { maxLength: 20 }), async (values) => {
        const rows = await db.queryRows(`select e::text from unnest($1::${type}[]) with ordinality as a (e, n) order by n`, [
          write(values as never),
        ]);
        const answered = rows.map(([text]) => (text === null ? null : read(text as string)));
        assert.deepEqual(answered, values);
      }),
      { numRuns: 50 },
    );
  });
}

test('uuids are written from their bytes too', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid()), (uuids) => {
      const bytes = Buffer.from(uuids.join('').replaceAll('-', ''), 'hex');
      assert.deepEqual(uuidArrayOfBytes(bytes), uuidArray(uuids));
    }),
  );
  assert.throws(() => uuidArrayOfBytes(Buffer.alloc(17)), /16 bytes/);
});

test('a value that does not fit its type throws', () => {
  const uuid = '0189dcd5-53b1-7a4f-8b26-6f5f6e7b1a2c';
  for (const wrong of [
    '',
    uuid.slice(1),
    `${uuid}0`,
    uuid.replace('a', 'g'),
    uuid.replace('a', 'é'),
    uuid.replace('a', '\u{1F3AB}'.charAt(0)),
  ]) {
    assert.throws(() => uuidArray([uuid, wrong]), /32 hex digits/, wrong);
  }
  for (const wrong of [2 ** 31, -(2 ** 31) - 1]) assert.throws(() => integerArray([wrong]), RangeError);
  for (const wrong of [0.5, Number.NaN]) assert.throws(() => integerArray([wrong]), /integer/);
  for (const wrong of [2 ** 53, 0.5, Number.NaN]) assert.throws(() => bigintArray([wrong]), /safe integer/);
});

test('an array without elements has none', async () => {
  assert.deepEqual(await db.queryRows('select cardinality($1::uuid[])', [uuidArray([])]), [[0]]);
});
