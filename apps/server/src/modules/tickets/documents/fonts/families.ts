/**
 * The fonts, in the order in which they are asked for a character. Each family comes from npm in slices by ranges of Unicode, so that a
 * document reads only what its words need; a script more is a package and a line more.
 */
export type Family = { id: string; axes: 'wght' | 'opsz' };
export type Voice = 'text' | 'title';

const INTER: Family = { id: 'inter', axes: 'wght' };
const FRAUNCES: Family = { id: 'fraunces', axes: 'opsz' };
const JAPANESE: Family = { id: 'noto-sans-jp', axes: 'wght' };
const KOREAN: Family = { id: 'noto-sans-kr', axes: 'wght' };
const CHINESE: Family = { id: 'noto-sans-sc', axes: 'wght' };
const EMOJI: Family = { id: 'noto-emoji', axes: 'wght' };
const ALPHABETS: readonly Family[] = [
  INTER,
  ...['noto-sans', 'noto-sans-hebrew', 'noto-sans-arabic', 'noto-sans-thai'].map((id): Family => ({ id, axes: 'wght' })),
];

const IDEOGRAPHS: Readonly<Record<IdeographsOf, readonly Family[]>> = {
  japanese: [JAPANESE, CHINESE, KOREAN],
  korean: [KOREAN, CHINESE, JAPANESE],
  chinese: [CHINESE, JAPANESE, KOREAN],
};

export type IdeographsOf = 'japanese' | 'korean' | 'chinese';
export type Chain = { key: string; families: readonly Family[] };

/** Whose shapes of shared ideographs a text wants. Kana and Hangul tell; ideographs alone are drawn as in Chinese, whose font has most. */
export function ideographsOf(text: string): IdeographsOf {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'japanese';
  return /\p{Script=Hangul}/u.test(text) ? 'korean' : 'chinese';
}

export function chainOf(voice: Voice, ideographs: IdeographsOf, isEmoji: boolean): Chain {
  const letters = [...(voice === 'title' ? [FRAUNCES] : []), ...ALPHABETS, ...IDEOGRAPHS[ideographs]];
  return {
    key: `${voice} ${ideographs} ${isEmoji}`,
    families: isEmoji ? [EMOJI, ...letters] : [...letters, EMOJI],
  };
}
