import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../../../../../test/support/temporary-folder.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import { openJournal } from './journal.ts';
import { readJournal } from './read-journal.ts';

function newPath(t: TestContext): string {
  const folder = temporaryFolder();
  t.after(folder.remove);
  return join(folder.path, 'journal.jsonl');
}

function read(path: string): unknown[] {
  const lines: unknown[] = [];
  readJournal(path, (line) => lines.push(line));
  return lines;
}

const never = (error: Error): never => {
  throw error;
};

test('lines come back as they were written, whatever is in them', (t) => {
  const path = newPath(t);
  fc.assert(
    fc.property(fc.array(fc.record({ text: fc.string({ unit: 'binary' }) }), { maxLength: 30 }), (lines) => {
      writeFileSync(path, '');
      const journal = openJournal({ path, durable: false, onFailure: never });
      for (const line of lines) journal.append(line);
      journal.close();
      assert.deepEqual(read(path), JSON.parse(JSON.stringify(lines)));
    }),
    { numRuns: 50 },
  );
});

test('lines longer than what is read at once come back whole', (t) => {
  const path = newPath(t);
  const lines = [{ text: 'ä'.repeat(700_000) }, { text: 'b' }, { text: 'c'.repeat(3_000_000) }];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  assert.deepEqual(read(path), lines);
});

for (const durable of [true, false]) {
  test(`who waits is called when the line is in the file (durable: ${durable})`, async (t) => {
    const path = newPath(t);
    const journal = openJournal({ path, durable, onFailure: never });
    t.after(journal.close);
    const seen: number[] = [];
    const waits = Array.from({ length: 100 }, async (_, index) => {
      journal.append({ index });
      await new Promise<void>((resolve) => journal.whenFlushed(resolve));
      seen.push(readFileSync(path, 'utf8').split('\n').length - 1);
      journal.append({ index: 100 + index });
      await new Promise<void>((resolve) => journal.whenFlushed(resolve));
    });
    await Promise.all(waits);
    assert.ok(seen.every((count) => count === 100));
    assert.equal(read(path).length, 200);
  });
}

test('who waits while a group is on its way, having written nothing since, is called with it', async (t) => {
  const journal = openJournal({ path: newPath(t), durable: true, onFailure: never });
  t.after(journal.close);
  const order: string[] = [];
  journal.append({});
  journal.whenFlushed(() => order.push('writer'));
  await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  await new Promise<void>((resolve) => {
    journal.whenFlushed(() => {
      order.push('reader');
      resolve();
    });
  });
  assert.deepEqual(order, ['writer', 'reader']);
  let isCalled = false;
  journal.whenFlushed(() => {
    isCalled = true;
  });
  assert.ok(isCalled, 'with nothing on its way, nobody waits');
});

test('what is only noted is in the file a moment later, though nobody waits for it', async (t) => {
  const path = newPath(t);
  const journal = openJournal({ path, durable: true, onFailure: never });
  t.after(journal.close);
  const end = performance.now() + 10_000;
  for (let count = 1; count <= 2; count += 1) {
    journal.note({ count });
    while (read(path).length < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      assert.ok(performance.now() < end, 'it was forgotten');
    }
  }
});

test('wherever the end is torn, the whole lines stay and the rest is cut off, so that later lines are read', (t) => {
  const path = newPath(t);
  const lines = [{ a: 1 }, { b: 'ü\n' }, { c: [1, 2] }];
  const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), 'utf8');
  for (let length = 0; length <= bytes.length; length += 1) {
    writeFileSync(path, bytes.subarray(0, length));
    const whole = bytes.subarray(0, length).toString('latin1').split('\n').length - 1;
    assert.deepEqual(read(path), lines.slice(0, whole));
    appendFileSync(path, '{"later":true}\n');
    assert.deepEqual(read(path), [...lines.slice(0, whole), { later: true }]);
  }
});

test('zeros that a crash of the machine left at the end are cut off', (t) => {
  const path = newPath(t);
  writeFileSync(path, `{"a":1}\n${'\0'.repeat(500)}\n\0\0`);
  assert.deepEqual(read(path), [{ a: 1 }]);
  assert.equal(statSync(path).size, 8);
});

test('damage before whole lines is told and nothing is cut off', (t) => {
  const path = newPath(t);
  const text = '{"a":1}\n{"b":\n{"c":1}\n';
  writeFileSync(path, text);
  assert.throws(() => read(path), StartProblem);
  assert.equal(readFileSync(path, 'utf8'), text);
});

test('a journal that cannot be written tells so, and calls nobody', async () => {
  const failed = Promise.withResolvers<Error>();
  const journal = openJournal({ path: '/dev/full', durable: false, onFailure: failed.resolve });
  const told: string[] = [];
  journal.append({});
  journal.whenFlushed(() => told.push('writer'));
  assert.match((await failed.promise).message, /ENOSPC/);
  journal.whenFlushed(() => told.push('reader'));
  journal.append({});
  await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  journal.close();
  assert.deepEqual(told, []);
});
