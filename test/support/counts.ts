import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { repository } from './repository.ts';

/**
 * How much of a long test is done. TEST_COUNTS=full does all of it; TEST_COUNTS=0.25 a quarter; without it a tenth.
 * The seed rotates by day and commit, so that the shares of many runs add up to the whole.
 */
const SHARE_BY_DEFAULT = 0.1;

const told = new Set<string>();
let seed: number | null = null;

/** How many of `full` repetitions this run does, at least one; printed once per name. */
export function countOf(name: string, full: number): number {
  const count = Math.min(full, Math.max(1, Math.ceil(full * share())));
  tell(name, `counts: ${name} ${count} of ${full}`);
  return count;
}

/** Where in `full` variants this run's share begins, so that another day takes the next ones; printed once per name. */
export function offsetOf(name: string, full: number): number {
  const offset = rotationSeed() % full;
  tell(`${name} offset`, `counts: ${name} from ${offset} of ${full}`);
  return offset;
}

/** An unsigned 32-bit number that changes with day and commit and is printed; TEST_SEED replays a printed one. */
export function rotationSeed(): number {
  if (seed !== null) return seed;
  const given = process.env['TEST_SEED'];
  seed = given === undefined || given === '' ? seedOfToday() : Number(given) >>> 0;
  tell('seed', `seed: ${seed} (TEST_SEED=${seed} replays it)`);
  return seed;
}

function share(): number {
  const text = process.env['TEST_COUNTS'];
  if (text === undefined || text === '') return SHARE_BY_DEFAULT;
  const given = text === 'full' ? 1 : Number(text);
  if (!(given > 0 && given <= 1)) throw new Error('TEST_COUNTS must be "full" or a share above 0 and up to 1.');
  return given;
}

function seedOfToday(): number {
  const day = new Date().toISOString().slice(0, 10);
  return Number.parseInt(hash('sha256', `${day} ${commit()}`, 'hex').slice(0, 8), 16);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return ''; // No git here, or no commit yet: the day alone rotates it.
  }
}

function tell(name: string, line: string): void {
  if (told.has(name)) return;
  told.add(name);
  process.stdout.write(`${line}\n`);
}
