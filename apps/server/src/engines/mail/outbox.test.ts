import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { InvariantError } from '../../platform/invariant.ts';
import { buildOutbox, OUTBOX_FILES_MAX, type Mail } from './index.ts';
import { parseMail, type ParsedMail } from './test/parse-mail.ts';

const home = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(home, { recursive: true, force: true }));

const START_MS = Date.UTC(2026, 10, 21, 12, 50, 32, 123);
const mail: Mail = { to: 'zoe@example.org', subject: 'Grüße 🎟️', text: 'Hello\nZoë\n' };

let folders = 0;
function newFolder(): string {
  folders += 1;
  return join(home, `case-${folders}`, 'outbox');
}

/** Each reading is a millisecond later, so that the order of the files is known. */
function tickingClock(): { nowMs(): number } {
  let nowMs = START_MS;
  return { nowMs: () => nowMs++ };
}

function readAll(folder: string): ParsedMail[] {
  return readdirSync(folder)
    .sort()
    .map((name) => parseMail(readFileSync(join(folder, name), 'utf8')));
}

function numbered(count: number, from = 0): Mail[] {
  return Array.from({ length: count }, (_, index) => ({ ...mail, subject: `Mail ${from + index}` }));
}

test('a mail becomes one file that parses back, named after its time', async () => {
  const folder = newFolder();
  await buildOutbox({ folder, clock: { nowMs: () => START_MS } }).send(mail);
  const [name, ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  assert.match(name ?? '', /^2026-11-21T125032\.123Z-[0-9a-f]{8}\.eml$/);
  const [parsed] = readAll(folder);
  assert.deepEqual({ to: parsed?.to, subject: parsed?.subject, text: parsed?.text }, mail);
  assert.equal(parsed?.headers.get('date'), 'Sat, 21 Nov 2026 12:50:32 +0000');
  assert.match(parsed?.headers.get('message-id') ?? '', /^<[0-9a-f]{32}@localhost>$/);
});

test('nothing is made before the first mail; then folder and file are for their owner alone', async () => {
  const folder = newFolder();
  const outbox = buildOutbox({ folder, clock: tickingClock() });
  assert.throws(() => statSync(folder), { code: 'ENOENT' });
  await outbox.send(mail);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
});

test('50 mails at once give 50 whole files, and a reader never sees half a one', async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  const outbox = buildOutbox({ folder, clock: { nowMs: () => START_MS } });
  const text = 'A line of some length, many times.\n'.repeat(5000);
  let isSending = true;
  const sending = Promise.all(numbered(50).map((one) => outbox.send({ ...one, text }))).finally(() => {
    isSending = false;
  });
  while (isSending) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
    for (const name of names.slice(-2)) assert.equal(parseMail(readFileSync(join(folder, name), 'utf8')).text, text);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sending;
  const parsed = readAll(folder);
  assert.equal(parsed.length, 50);
  assert.equal(new Set(parsed.map((one) => one.subject)).size, 50);
  assert.equal(new Set(parsed.map((one) => one.headers.get('message-id'))).size, 50);
  assert.ok(parsed.every((one) => one.text === text));
});

test('a refused mail leaves no file, and the next is written all the same', async () => {
  const folder = newFolder();
  const outbox = buildOutbox({ folder, clock: tickingClock() });
  const hostile = [
    { ...mail, to: 'zoe@example.org\r\nBcc: all@example.org' },
    { ...mail, subject: 'Hello\nBcc: all@example.org' },
  ];
  const results = await Promise.allSettled([...hostile, mail].map((one) => outbox.send(one)));
  assert.deepEqual(
    results.map((result) => result.status === 'rejected' && result.reason instanceof InvariantError),
    [true, true, false],
  );
  assert.equal(readAll(folder).length, 1);
});

test('a failed write is told, leaves nothing behind and does not stop the next', async () => {
  const folder = newFolder();
  const parent = join(folder, '..');
  mkdirSync(parent, { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  const outbox = buildOutbox({ folder, clock: tickingClock() });
  await assert.rejects(outbox.send(mail), { code: 'EEXIST' });
  rmSync(folder);
  await outbox.send(mail);
  assert.equal(readAll(folder).length, 1);
});

test('a folder that was cleared away is made again', async () => {
  const folder = newFolder();
  const outbox = buildOutbox({ folder, clock: tickingClock() });
  await outbox.send(mail);
  rmSync(folder, { recursive: true });
  await outbox.send(mail);
  assert.equal(readAll(folder).length, 1);
});

test('the limit holds after every mail, and what goes is the oldest', async () => {
  assert.equal(OUTBOX_FILES_MAX, 10_000);
  for (const filesMax of [1, 7, 20]) {
    const folder = newFolder();
    const outbox = buildOutbox({ folder, clock: tickingClock(), filesMax });
    for (const one of numbered(65)) {
      await outbox.send(one);
      assert.ok(readdirSync(folder).length <= filesMax);
    }
    const kept = readAll(folder).map((one) => one.subject);
    assert.ok(kept.length >= filesMax - Math.ceil(filesMax / 10), `${kept.length} of ${filesMax} are kept`);
    assert.deepEqual(
      kept,
      numbered(kept.length, 65 - kept.length).map((one) => one.subject),
    );
  }
});

test('the limit holds for mails sent at once, and counts what an earlier process left', async () => {
  const folder = newFolder();
  const clock = tickingClock();
  await Promise.all(numbered(30).map(buildOutbox({ folder, clock, filesMax: 100 }).send));
  await Promise.all(numbered(30, 30).map(buildOutbox({ folder, clock, filesMax: 10 }).send));
  const kept = readAll(folder).map((one) => one.subject);
  assert.ok(kept.length <= 10);
  assert.equal(kept.at(-1), 'Mail 59');
});

test('what a killed writer left counts and goes with its time; other files stay', async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const unfinished = '2020-01-01T000000.000Z-00000000.eml.tmp';
  for (const name of [unfinished, 'notes.txt', 'mine.eml']) writeFileSync(join(folder, name), 'half');
  const outbox = buildOutbox({ folder, clock: tickingClock(), filesMax: 5 });
  for (const one of numbered(5)) await outbox.send(one);
  const names = readdirSync(folder);
  assert.equal(names.includes(unfinished), false);
  assert.equal(names.includes('notes.txt') && names.includes('mine.eml'), true);
  assert.equal(names.length, 2 + 5);
});
