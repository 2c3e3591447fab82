import { TAG_CHARS_MAX } from '@tessera/contract';

/** How a tag is kept and looked for: composed, in lower case, without spaces around or doubled; null if nothing is left, or too much. */
export function normalTag(text: string): string | null {
  const tag = text.toLowerCase().normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return tag.length > 0 && tag.length <= TAG_CHARS_MAX ? tag : null;
}

/** Whether a text is an https address that a browser would open, without a password in it. */
export function isHttpsAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
}
