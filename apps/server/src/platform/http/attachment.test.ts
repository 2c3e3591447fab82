import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attachment } from './attachment.ts';

const SHAPE = /^attachment; filename="[\w-]*\.pdf"; filename\*=UTF-8''([\w%!#$&+.^`|~-]+)$/;

function wordsOf(header: string): string {
  const [, encoded] = SHAPE.exec(header) ?? [];
  assert.ok(encoded !== undefined, header);
  return decodeURIComponent(encoded);
}

test('a file has a name of plain letters, and one of its own script', () => {
  const header = attachment({ ascii: 'tickets-7K2M', words: 'Fluß (2) – 夜の音楽', ending: 'pdf' });
  assert.equal(
    header,
    `attachment; filename="tickets-7K2M.pdf"; filename*=UTF-8''Flu%C3%9F%20%282%29%20%E2%80%93%20%E5%A4%9C%E3%81%AE%E9%9F%B3%E6%A5%BD.pdf`,
  );
});

test('what would be a path, a hidden file, a turned name or nothing is none of it', () => {
  const named = (words: string): string => wordsOf(attachment({ ascii: 'ticket', words, ending: 'pdf' }));
  assert.equal(named('../../etc/passwd'), 'etc passwd.pdf');
  assert.equal(named('C:\\autoexec'), 'C autoexec.pdf');
  assert.equal(named('invoice\u202efdp.exe'), 'invoice fdp.exe.pdf');
  assert.equal(named(' .. '), 'ticket.pdf');
  assert.equal(named('x'.repeat(1_000)).length, 124);
});

test('no words break out of the header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 20 }), (words, ascii) => {
      const header = attachment({ ascii, words: `a${words}`, ending: 'pdf' });
      assert.match(header, /^[\x20-\x7e]+$/);
      assert.ok(!/[/\\]/.test(wordsOf(header)));
    }),
  );
});
