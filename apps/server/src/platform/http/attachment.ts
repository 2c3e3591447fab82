/** What a file's name must not have: what programs take for a path, a device or a quotation. */
const UNFIT = /["*/:<>?\\|\p{Cc}\p{Cf}\p{Cs}]/gu;
const NAME_CHARS_MAX = 120;

export type FileName = {
  /** For programs that know no other: letters, digits and hyphens, without the ending. */
  ascii: string;
  /** For people, in any script. */
  words: string;
  /** `pdf` */
  ending: string;
};

/** A Content-Disposition (RFC 6266) for a file that is to be kept, under both of its names. */
export function attachment({ ascii, words, ending }: FileName): string {
  const name = words.toWellFormed().replace(UNFIT, ' ').replace(/\s+/g, ' ').trim();
  const cut =
    Array.from(name)
      .slice(0, NAME_CHARS_MAX)
      .join('')
      .replace(/^[. ]+|[. ]+$/g, '') || ascii;
  const encoded = encodeURIComponent(`${cut}.${ending}`).replace(
    /['()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii.replace(/[^\w-]/g, '')}.${ending}"; filename*=UTF-8''${encoded}`;
}
