/** What a setting says about a text it cannot read; the sentence continues "NAME …". */
export class UnreadableSetting extends Error {}

/** A whole number within bounds, both inclusive. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,15}$/.test(text) || value < least || value > most) {
      throw new UnreadableSetting(`must be a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

export function trueOrFalse(text: string): boolean {
  switch (text.toLowerCase()) {
    case 'true':
    case 'yes':
    case '1':
      return true;
    case 'false':
    case 'no':
    case '0':
      return false;
    default:
      throw new UnreadableSetting('must be true or false');
  }
}

export function oneOf<const Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new UnreadableSetting(`must be one of ${choices.join(', ')}`);
    return found;
  };
}

/** Names separated by commas, each of the choices, at least one. */
export function someOf<const Choice extends string>(choices: readonly Choice[]): (text: string) => ReadonlySet<Choice> {
  return (text) => {
    const names = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const unknown = names.filter((name) => !choices.some((choice) => choice === name));
    if (names.length === 0 || unknown.length > 0) {
      const what = unknown.length > 0 ? `does not know ${unknown.map((name) => `"${name}"`).join(', ')}: it` : '';
      throw new UnreadableSetting(`${what} takes one or more of ${choices.join(',')}, separated by commas`.trim());
    }
    return new Set(choices.filter((choice) => names.includes(choice)));
  };
}

/** A PostgreSQL URL; the problem never repeats the text, which may hold a password. */
export function postgresUrl(text: string): string {
  const problem = 'must be a URL like postgres://user:password@host:5432/database';
  // A URL without a host (…@/database?host=/socket/folder) is valid for PostgreSQL but not for URL.
  const parsable = text.replace(/^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)\//, '$1localhost/');
  if (!URL.canParse(parsable)) throw new UnreadableSetting(problem);
  const url = new URL(parsable);
  const isPostgres = url.protocol === 'postgres:' || url.protocol === 'postgresql:';
  if (!isPostgres || url.pathname.length < 2) throw new UnreadableSetting(problem);
  return text;
}

/** The origin of a site, such as https://tickets.example.org. */
export function originUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  const isOrigin = url !== null && url.href === `${url.origin}/`;
  if (!isHttp || !isOrigin) throw new UnreadableSetting('must be a URL like https://tickets.example.org, without a path');
  return url.origin;
}

/** Where to listen. `localhost` means 127.0.0.1, because its IPv6 twin is missing on many machines. */
export function listenHost(text: string): string {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new UnreadableSetting('must be a host name or an IP address');
  return text === 'localhost' ? '127.0.0.1' : text;
}

const keyBytesMin = 32;

/** A secret key of at least 32 bytes, in hex or base64; the problem never repeats the text. */
export function secretKey(text: string): Buffer {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  const key = isHex ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if ((!isHex && !isBase64) || key.length < keyBytesMin) {
    throw new UnreadableSetting(`must be at least ${keyBytesMin} random bytes in hex or base64`);
  }
  return key;
}

/** A word that callers send as a credential. */
export function secretWord(text: string): string {
  if (!/^[\x21-\x7e]{16,}$/.test(text)) {
    throw new UnreadableSetting('must be at least 16 printable characters without spaces');
  }
  return text;
}

/** Words that callers sign with, separated by commas: two while one takes the place of the other. */
export function secretWords(text: string): readonly string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.length > 4 || words.some((word) => !/^[\x21-\x7e]{16,}$/.test(word))) {
    throw new UnreadableSetting('must be one to four words of at least 16 printable characters without spaces, separated by commas');
  }
  return words;
}

/** Who somebody is at another service. */
export function accountName(text: string): string {
  if (!/^[\w.-]{1,100}$/.test(text)) throw new UnreadableSetting('must be up to 100 letters, digits, dots, dashes and underscores');
  return text;
}

/** Where something is called, path and all, over HTTP; several are separated by commas. */
export function httpUrls(text: string): readonly string[] {
  const urls = text.split(',').map((url) => url.trim());
  if (urls.some((url) => !URL.canParse(url) || new URL(url).protocol !== 'http:')) {
    throw new UnreadableSetting('must be http:// URLs, separated by commas');
  }
  return urls;
}
