/** Controls, line and paragraph separators of old, byte order marks, noncharacters and what is for private use. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;
/** Marks that turn or isolate the direction of text: a name must not reorder what stands beside it. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const ZERO_WIDTH = /[\u00ad\u115f\u1160\u200b\u2060-\u2065\u206a-\u206f\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]/g;
/** A joiner means something between letters of these scripts and between emoji, and is a hiding place everywhere else. */
const JOINED =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Syriac}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)[\u200c\u200d]+/gu;
/** More marks than this on one letter would be drawn over the lines above and below. */
const MARKS_ON_ONE = /(\p{M}{4})\p{M}+/gu;

/** One line of text as it can be printed: nothing unseen, spaces single, no longer than `charsMax`. Never throws. */
export function cleanText(text: string, charsMax = 300): string {
  const seen = text
    .slice(0, charsMax * 4)
    .toWellFormed()
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, '')
    .replace(DIRECTION, '')
    .replace(ZERO_WIDTH, '')
    .replace(JOINED, '')
    .normalize('NFC')
    .replace(MARKS_ON_ONE, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cutText(seen, charsMax);
}

/** The first `charsMax` characters as people count them, with an ellipsis where something was cut off. */
function cutText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const clusters = clustersOf(text);
  if (clusters.length <= charsMax) return text;
  return clusters.slice(0, charsMax - 1).join('') + '…';
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as people count them: a letter with its marks, an emoji with its parts. */
export function clustersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
