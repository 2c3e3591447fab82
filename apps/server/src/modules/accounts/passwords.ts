import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { invariant } from '../../platform/invariant.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/**
 * Passwords are kept as argon2id (RFC 9106) in the PHC string format, with the first choice of the OWASP Password Storage
 * Cheat Sheet: 19 MiB, two passes, one lane. Computing it takes tens of milliseconds of one processor, on the thread pool
 * and off the event loop.
 *
 * A computation runs, waits for one that runs to end, or is refused as too many wait. So many people who sign in at once do
 * not take the processors from those who buy.
 */
export const PASSWORD_PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const NONCE_BYTES = 16;

/** What a stored text may ask for at most: one written by mistake must not take the memory of the server. */
const MEMORY_KIB_MAX = 262_144;
const PASSES_MAX = 16;
const PARALLELISM_MAX = 16;

const PASSWORD_CHARS_MIN = 10;
const PASSWORD_CHARS_MAX = 200;

const CONCURRENCY = 1;
/** More would wait for longer than a person does; fewer would refuse a team that signs in at the same minute. */
const QUEUE_MAX = 50;

/** The parameters of a stored password; memory in KiB. */
export type Phc = { memory: number; passes: number; parallelism: number; nonce: Buffer; tag: Buffer };

/** Argon2id of the parameters. Takes the place of Node's in tests. */
export type Argon2id = (parameters: Argon2Parameters) => Promise<Buffer>;

export type Passwords = {
  /** The PHC string to store. Throws PasswordsBusy. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one stored. With null, as there is no such account, the same work is done and the answer is
   * no. A rehash is called for only with the right password, the only one worth storing. Throws PasswordsBusy.
   */
  verify(password: string, stored: string | null): Promise<{ isRight: boolean; needsRehash: boolean }>;
};

export type PasswordProblem = 'too_short' | 'too_long' | 'too_common' | 'about_you';

/** Too many passwords wait to be computed. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
  readonly retryAfterSeconds = 1;
}

const deriveArgon2 = promisify(argon2);

/** Node's argon2id. */
export const argon2id: Argon2id = (parameters) => deriveArgon2('argon2id', parameters);

type Options = { concurrency?: number; queueMax?: number; derive?: Argon2id };

/** At most `concurrency` computations at once, and `queueMax` waiting for one of them to end. */
export function buildPasswords({ concurrency = CONCURRENCY, queueMax = QUEUE_MAX, derive = argon2id }: Options = {}): Passwords {
  const inTurn = buildTurns(concurrency, queueMax);
  const compute = (password: string, { nonce, tag, ...parameters }: Phc): Promise<Buffer> =>
    inTurn(() => derive({ message: toMessage(password), nonce, tagLength: tag.length, ...parameters }));
  // Its tag is no password's: checking against it costs what checking a real one costs, and never succeeds.
  const nobody: Phc = { ...PASSWORD_PARAMETERS, nonce: randomBytes(NONCE_BYTES), tag: randomBytes(TAG_BYTES) };
  return {
    hash: async (password) => {
      const phc: Phc = { ...PASSWORD_PARAMETERS, nonce: randomBytes(NONCE_BYTES), tag: Buffer.alloc(TAG_BYTES) };
      return formatPhc({ ...phc, tag: await compute(password, phc) });
    },
    verify: async (password, stored) => {
      const phc = stored === null ? nobody : parsePhc(stored);
      invariant(phc !== null, 'a stored password is a PHC string of argon2id');
      const isSame = timingSafeEqual(await compute(password, phc), phc.tag);
      const isRight = isSame && stored !== null;
      return { isRight, needsRehash: isRight && !isCurrent(phc) };
    },
  };
}

/** `$argon2id$v=19$m=…,t=…,p=…$nonce$tag`, the last two in base 64 without padding. */
export function formatPhc({ memory, passes, parallelism, nonce, tag }: Phc): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toBase64(nonce)}$${toBase64(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** What formatPhc wrote, or null for any other text: other algorithms, other spellings, parameters beyond the limits. */
export function parsePhc(text: string): Phc | null {
  const [, memory, passes, parallelism, nonce, tag] = PHC.exec(text) ?? [];
  const phc: Phc = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce ?? '', 'base64'),
    tag: Buffer.from(tag ?? '', 'base64'),
  };
  const isWithinLimits =
    phc.memory >= 8 * phc.parallelism && phc.memory <= MEMORY_KIB_MAX && phc.passes <= PASSES_MAX && phc.parallelism <= PARALLELISM_MAX;
  // Written again it must be the same: base 64 has other spellings of the same bytes.
  return isWithinLimits && formatPhc(phc) === text ? phc : null;
}

function isCurrent({ memory, passes, parallelism, nonce, tag }: Phc): boolean {
  return (
    memory === PASSWORD_PARAMETERS.memory &&
    passes === PASSWORD_PARAMETERS.passes &&
    parallelism === PASSWORD_PARAMETERS.parallelism &&
    nonce.length === NONCE_BYTES &&
    tag.length === TAG_BYTES
  );
}

function toBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/**
 * The text that is compared, by the OpaqueString profile of RFC 8265: spaces of any kind are one kind, then NFC. So the same
 * keys give the same password on every system. NFKC would make one password of different ones.
 */
function toMessage(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** Runs work in the order it came. A turn that ends is handed to the first who waits, so nobody overtakes. */
function buildTurns(concurrency: number, queueMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < concurrency) running += 1;
    else if (waiting.length < queueMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new PasswordsBusy(`${waiting.length} passwords wait to be computed`);
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * Why a password cannot be chosen, or null. `about` are texts that others know of the person: the part of the address before
 * the @, the name. Lengths are counted in code points, so that no script is at a disadvantage.
 */
export function problemOfPassword(password: string, about: readonly string[]): PasswordProblem | null {
  const text = toMessage(password);
  const chars = [...text].length;
  if (chars < PASSWORD_CHARS_MIN) return 'too_short';
  if (chars > PASSWORD_CHARS_MAX) return 'too_long';
  const folded = text.toLowerCase();
  if (COMMON_PASSWORDS.has(folded) || new Set(folded).size < DIFFERENT_CHARS_MIN) return 'too_common';
  const words = about.flatMap((known) => toMessage(known).toLowerCase().split(SEPARATORS)).filter((word) => word !== '');
  return isMadeOf(folded.split(SEPARATORS).join(''), words) ? 'about_you' : null;
}

/** One key held down is no password. */
const DIFFERENT_CHARS_MIN = 4;

/** What people put between the parts of a name or an address; between known words it hides nothing. */
const SEPARATORS = /[\s._@+-]+/;

/** Whether the text is some of the words, one after the other, in any order and number. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const reached = new Set([0]);
  // A set is walked in the order of insertion, and those added meanwhile too: every place where words can end is tried once.
  for (const at of reached) {
    for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length);
  }
  return text !== '' && reached.has(text.length);
}
