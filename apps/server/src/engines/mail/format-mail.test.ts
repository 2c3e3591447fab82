import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvariantError } from '../../platform/invariant.ts';
import { formatMail } from './format-mail.ts';
import { parseMail } from './test/parse-mail.ts';

const stamp = { sentMs: Date.UTC(2026, 10, 21, 12, 50, 32, 123), messageId: 'abc' };
const mail = { to: 'zoe@example.org', subject: 'Your tickets', text: 'Hello\n\nhttp://localhost:8080/verify?token=abc\n' };
const lines = fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => !/[\r\n]/.test(text));
const texts = fc.string({
  unit: fc.oneof(fc.constantFrom('\n', '\r', ' ', '.', 'ä'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
});

test('a mail is written as RFC 5322 says', () => {
  const expected = [
    'From: Tessera <noreply@localhost>',
    'To: zoe@example.org',
    'Subject: Your tickets',
    'Date: Sat, 21 Nov 2026 12:50:32 +0000',
    'Message-ID: <abc@localhost>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Hello',
    '',
    'http://localhost:8080/verify?token=abc',
    '',
    '',
  ];
  assert.equal(formatMail(mail, stamp), expected.join('\r\n'));
});

test('whatever the subject and the text, the mail parses back', () => {
  fc.assert(
    fc.property(lines, texts, (subject, text) => {
      const parsed = parseMail(formatMail({ ...mail, subject, text }, stamp));
      assert.equal(parsed.subject, subject);
      assert.equal(parsed.text, text.replace(/\r\n?/g, '\n'));
      assert.equal(parsed.headers.size, 8);
    }),
  );
});

test('subjects with umlauts and emoji, long ones, and ones that look encoded come back', () => {
  const family = '👨‍👩‍👧‍👦';
  const subjects = [
    'Grüße aus Köln',
    `🎟️ ${family.repeat(20)}`,
    'a'.repeat(2000),
    'ä'.repeat(500),
    '=?UTF-8?B?AAAA?=',
    ' outer spaces ',
    '',
    '\t\0',
  ];
  for (const subject of subjects) {
    const message = formatMail({ ...mail, subject }, stamp);
    assert.equal(parseMail(message).subject, subject);
    const header = message.slice(message.indexOf('Subject:'), message.indexOf('\r\nDate:'));
    for (const line of header.split('\r\n')) assert.match(line, /^[\x20-\x7e]{1,76}$/);
  }
});

test('a text with a very long line or a NUL goes as base64', () => {
  for (const text of ['x'.repeat(999), 'ä'.repeat(500), 'a\0b', `${'short\n'.repeat(100)}${'y'.repeat(5000)}`]) {
    const parsed = parseMail(formatMail({ ...mail, text }, stamp));
    assert.equal(parsed.headers.get('content-transfer-encoding'), 'base64');
    assert.equal(parsed.text, text);
  }
  const fits = parseMail(formatMail({ ...mail, text: 'ä'.repeat(499) }, stamp));
  assert.equal(fits.headers.get('content-transfer-encoding'), '8bit');
});

test('no header can be put in', () => {
  const breaks = ['\r\n', '\n', '\r', '\r\n '];
  for (const lineBreak of breaks) {
    const hostile = `${lineBreak}Bcc: all@example.org`;
    assert.throws(() => formatMail({ ...mail, to: `zoe@example.org${hostile}` }, stamp), InvariantError);
    assert.throws(() => formatMail({ ...mail, to: `zoe${hostile}@example.org` }, stamp), InvariantError);
    assert.throws(() => formatMail({ ...mail, subject: `Hello${hostile}` }, stamp), InvariantError);
    assert.throws(() => formatMail({ ...mail, subject: lineBreak }, stamp), InvariantError);
  }
  for (const to of ['zoe\u2028@example.org', 'zoe\u0085@example.org', 'zoe\0@example.org']) {
    assert.throws(() => formatMail({ ...mail, to }, stamp), InvariantError);
  }
});

test('one address stays one recipient', () => {
  const written = (to: string): string => parseMail(formatMail({ ...mail, to }, stamp)).to;
  assert.equal(written('zoë@exämple.org'), 'zoë@exämple.org');
  assert.equal(written("o'hara+tickets@example.org"), "o'hara+tickets@example.org");
  assert.equal(written('"zoe b"@example.org'), '"zoe b"@example.org');
  assert.equal(written('a@example.org,b@example.org'), '"a@example.org,b"@example.org');
  assert.equal(written('"a",b@example.org'), '"\\"a\\",b"@example.org');
  for (const to of ['', 'zoe', '@example.org', 'zoe@', 'zoe@a,b', 'zoe@a>', 'zoe@a b']) {
    assert.throws(() => formatMail({ ...mail, to }, stamp), InvariantError, to);
  }
});
