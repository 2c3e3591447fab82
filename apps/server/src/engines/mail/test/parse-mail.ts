import assert from 'node:assert/strict';

export type ParsedMail = { headers: ReadonlyMap<string, string>; to: string; subject: string; text: string };

/**
 * Reads a mail of plain text back, by the rules of RFC 5322 and 2047 and not by those of the writer: unfolds, decodes,
 * and fails on bare line breaks, on long lines and on a header that comes twice.
 */
export function parseMail(message: string): ParsedMail {
  assert.doesNotMatch(message, /\r(?!\n)|(?<!\r)\n/, 'every line ends with CRLF');
  for (const line of message.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 998, 'a line has at most 998 bytes');
  const end = message.indexOf('\r\n\r\n');
  assert.ok(end > 0, 'an empty line ends the headers');
  const headers = parseHeaders(message.slice(0, end));
  const body = message.slice(end + 4);
  assert.ok(body.endsWith('\r\n'));
  const text = headers.get('content-transfer-encoding') === 'base64' ? decodeBody(body) : body.slice(0, -2);
  return {
    headers,
    to: headers.get('to') ?? '',
    subject: decodeWords(headers.get('subject') ?? ''),
    text: text.replaceAll('\r\n', '\n'),
  };
}

function parseHeaders(block: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of block.replace(/\r\n(?=[ \t])/g, '').split('\r\n')) {
    const match = /^([!-9;-~]+): ?(.*)$/su.exec(line);
    assert.ok(match, `not a header: ${line}`);
    const name = match[1]!.toLowerCase();
    assert.ok(!headers.has(name), `${name} comes twice`);
    headers.set(name, match[2]!);
  }
  return headers;
}

function decodeBody(body: string): string {
  for (const line of body.split('\r\n')) assert.match(line, /^[A-Za-z0-9+/=]{0,76}$/);
  return decodeUtf8(body.replaceAll('\r\n', ''));
}

/** White space between two encoded words is no part of the text (RFC 2047, section 6.2). */
function decodeWords(value: string): string {
  const joined = value.replace(/(?<=\?=)[ \t]+(?==\?)/g, '');
  return joined.replace(/=\?utf-8\?b\?([A-Za-z0-9+/=]*)\?=/gi, (word, base64: string) => {
    assert.ok(word.length <= 75, 'an encoded word has at most 75 characters');
    return decodeUtf8(base64);
  });
}

/** Fails on a character that was cut in two. */
function decodeUtf8(base64: string): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
}
