import { parseArgs } from 'node:util';

export type CommandOptions = {
  buyers: number;
  capacity: number;
  /** Null: drawn, and printed. */
  seed: number | null;
  target: string | null;
  secret: string | null;
  connections: number;
  holdSeconds: number;
};

export type Parsed = { kind: 'run'; options: CommandOptions } | { kind: 'help' } | { kind: 'wrong'; problem: string };

const BUYERS_DEFAULT = 20_000;
const BUYERS_MAX = 1_000_000;
const CAPACITY_DEFAULT_MAX = 10_000;
const CAPACITY_MAX = 10_000_000;
const CONNECTIONS_DEFAULT = 256;
const CONNECTIONS_MAX = 10_000;
const HOLD_SECONDS_DEFAULT = 5;
const HOLD_SECONDS_MAX = 60;
const SEED_MAX = 2 ** 32 - 1;

export const HELP = `Sends a crowd of simulated buyers at a server and checks that it keeps every promise.

  --buyers n       how many come (${BUYERS_DEFAULT})
  --capacity n     tickets there are (a quarter of the buyers, at most ${CAPACITY_DEFAULT_MAX})
  --seed n         draws the same habits again
  --target url     the server to rush at (the one that runs from this folder, else one that is started for it)
  --secret text    the target's internal secret (TESSERA_INTERNAL_SECRET)
  --connections n  connections open at once (${CONNECTIONS_DEFAULT})
  --hold-seconds n how long tickets are held (${HOLD_SECONDS_DEFAULT})

It makes an event of its own. The exit status is 1 if a promise was broken.`;

const FLAGS = ['buyers', 'capacity', 'seed', 'target', 'secret', 'connections', 'hold-seconds'] as const;

/** Reads the flags of `rush`. */
export function parseOptions(args: readonly string[]): Parsed {
  const strings = Object.fromEntries(FLAGS.map((name) => [name, { type: 'string' } as const]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...strings, help: { type: 'boolean', short: 'h' } }, strict: true });
    if (values['help'] === true) return { kind: 'help' };
    return { kind: 'run', options: readValues(values) };
  } catch (error) {
    if (error instanceof WrongOption || isArgumentError(error)) return { kind: 'wrong', problem: error.message };
    throw error;
  }
}

class WrongOption extends Error {}

function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function readValues(values: Readonly<Record<string, string | boolean | undefined>>): CommandOptions {
  const buyers = wholeNumber(values, 'buyers', 1, BUYERS_MAX) ?? BUYERS_DEFAULT;
  const capacity = wholeNumber(values, 'capacity', 1, CAPACITY_MAX) ?? Math.min(CAPACITY_DEFAULT_MAX, Math.ceil(buyers / 4));
  return {
    buyers,
    capacity,
    seed: wholeNumber(values, 'seed', 0, SEED_MAX),
    target: readTarget(text(values, 'target')),
    secret: text(values, 'secret'),
    connections: wholeNumber(values, 'connections', 1, CONNECTIONS_MAX) ?? CONNECTIONS_DEFAULT,
    holdSeconds: wholeNumber(values, 'hold-seconds', 1, HOLD_SECONDS_MAX) ?? HOLD_SECONDS_DEFAULT,
  };
}

function readTarget(given: string | null): string | null {
  if (given === null) return null;
  const url = URL.parse(given);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new WrongOption('--target must be an http or https URL.');
  return url.origin;
}

function wholeNumber(values: Readonly<Record<string, unknown>>, name: string, ...[min, max]: [number, number]): number | null {
  const given = text(values, name);
  if (given === null) return null;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= min && value <= max) return value;
  throw new WrongOption(`--${name} must be a whole number from ${min} to ${max}.`);
}

function text(values: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}
