import { invariant } from '../../platform/invariant.ts';
import { encodeSubject } from './encode-subject.ts';
import type { Mail } from './mail.ts';

const SENDER = 'Tessera <noreply@localhost>';
/** RFC 5322, section 2.1.1, counted in bytes and without the line break. */
const LINE_BYTES_MAX = 998;
const BASE64_LINE = /.{1,76}/g;

export type Stamp = { sentMs: number; messageId: string };

/**
 * A mail as RFC 5322 writes it, with lines ended by CRLF. No value can add a header or a recipient: whatever could end
 * the line of one crashes. An address beyond ASCII stands as it is, in UTF-8 (RFC 6532).
 */
export function formatMail(mail: Mail, { sentMs, messageId }: Stamp): string {
  // Some readers end a line at U+0085, U+2028 and U+2029 too, and the address is not encoded.
  invariant(!/[\p{Cc}\p{Zl}\p{Zp}]/u.test(mail.to), 'the address of a mail has no control character');
  invariant(!/[\r\n]/.test(mail.subject), 'the subject of a mail is one line');
  const text = mail.text.replace(/\r\n?|\n/g, '\r\n');
  const isPlain = fitsEightBit(text);
  return [
    `From: ${SENDER}`,
    `To: ${formatAddress(mail.to)}`,
    encodeSubject(mail.subject),
    // The zone name `GMT` is the obsolete form.
    `Date: ${new Date(sentMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}@localhost>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${isPlain ? '8bit' : 'base64'}`,
    '',
    isPlain ? text : encodeBody(text),
    '',
  ].join('\r\n');
}

/** A local part with commas, brackets or spaces is quoted: unquoted, a comma would make two recipients of one. */
function formatAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  invariant(at > 0 && /^[^\s,;:<>()"\\]+$|^\[[^\s,;<>()"\\]+\]$/.test(domain), 'a mail goes to one address');
  const isAtom = !/[\s,;:<>()[\]"\\@]/.test(local);
  const isQuoted = /^"(?:[^"\\]|\\.)*"$/.test(local);
  return isAtom || isQuoted ? address : `"${local.replace(/["\\]/g, '\\$&')}"@${domain}`;
}

/** Readable as it is, so that whoever runs Tessera on a laptop finds the link of a mail by looking into the file. */
function fitsEightBit(text: string): boolean {
  return !text.includes('\0') && text.split('\r\n').every((line) => Buffer.byteLength(line) <= LINE_BYTES_MAX);
}

function encodeBody(text: string): string {
  return (Buffer.from(text, 'utf8').toString('base64').match(BASE64_LINE) ?? []).join('\r\n');
}
