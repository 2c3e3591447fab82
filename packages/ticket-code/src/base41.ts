/**
 * Bytes as text for QR codes: two bytes are three characters. QR codes keep 45 characters in 5.5 bits each (alphanumeric mode), and
 * 41 are enough for it, since 41³ > 2¹⁶. So these are spared what breaks on the way: the space, which is trimmed, and `%`, `+`
 * and `/`, which URLs take for something else. What is left may stand in a path or a query as it is.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-.:';
const BASE = 41;
const PAIR_MAX = 0xffff;

const valueOfCharCode = new Int8Array(128).fill(-1);
for (let value = 0; value < BASE; value += 1) valueOfCharCode[ALPHABET.charCodeAt(value)] = value;

/** Takes an even number of bytes. */
export function encodeBase41(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new RangeError('base 41 takes pairs of bytes');
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = bytes[at]! * 256 + bytes[at + 1]!;
    text +=
      ALPHABET.charAt(Math.floor(pair / (BASE * BASE))) + ALPHABET.charAt(Math.floor(pair / BASE) % BASE) + ALPHABET.charAt(pair % BASE);
  }
  return text;
}

/** The bytes, or null for what `encodeBase41` does not write: each text has its own bytes, and the other way round. */
export function decodeBase41(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 3 !== 0) return null;
  const bytes = new Uint8Array((text.length / 3) * 2);
  for (let from = 0, at = 0; from < text.length; from += 3, at += 2) {
    const high = valueAt(text, from);
    const middle = valueAt(text, from + 1);
    const low = valueAt(text, from + 2);
    const pair = (high * BASE + middle) * BASE + low;
    if (high < 0 || middle < 0 || low < 0 || pair > PAIR_MAX) return null;
    bytes[at] = pair >>> 8;
    bytes[at + 1] = pair & 0xff;
  }
  return bytes;
}

function valueAt(text: string, at: number): number {
  return valueOfCharCode[text.charCodeAt(at)] ?? -1;
}
