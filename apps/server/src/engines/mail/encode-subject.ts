const LINE_CHARS_MAX = 76;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** In base64 52 characters, with `Subject: ` and the frame 73: a line with an encoded word has at most 76. */
const WORD_BYTES_MAX = 39;

/**
 * The header line `Subject: …`: as it is where it is short printable ASCII, else in encoded words (RFC 2047) of UTF-8, one
 * a line. A character is never cut in two: each word is decoded by itself.
 */
export function encodeSubject(subject: string): string {
  const line = `Subject: ${subject}`;
  // What looks like an encoded word, or would lose its outer spaces, must be encoded to come back as it is.
  const isPlain = PRINTABLE_ASCII.test(subject) && !subject.includes('=?') && subject === subject.trim();
  if (isPlain && line.length <= LINE_CHARS_MAX) return line;
  return `Subject: ${cutIntoWords(subject).map(encodeWord).join('\r\n ')}`;
}

function cutIntoWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES_MAX) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word];
}

function encodeWord(word: string): string {
  return `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`;
}
