import { parseArgs } from 'node:util';
import { Unmeasured } from './unmeasured.ts';

/** A flag of a bench: a number, or a path that may be left out. */
export type Flag = { meaning: string } & ({ kind: 'number'; least: number; byDefault: number } | { kind: 'path' });

export type FlagValues<Flags extends Readonly<Record<string, Flag>>> = {
  [Name in keyof Flags]: Flags[Name] extends { kind: 'number' } ? number : string | null;
};

/** Reads `--rounds 3`. Throws Unmeasured naming the flag that is unknown or wrong. */
export function readFlags<const Flags extends Readonly<Record<string, Flag>>>(flags: Flags, args: readonly string[]): FlagValues<Flags> {
  const texts = parse(flags, args);
  const entries = Object.entries(flags).map(([name, flag]) => [name, readFlag(name, flag, texts[name])]);
  // Each value has the type of its own flag's kind.
  return Object.fromEntries(entries) as FlagValues<Flags>;
}

/** One line for each flag. */
export function flagsHelp(flags: Readonly<Record<string, Flag>>): string {
  return Object.entries(flags)
    .map(([name, flag]) => `      --${name.padEnd(12)} ${flag.meaning}${flag.kind === 'number' ? ` (${flag.byDefault})` : ''}`)
    .join('\n');
}

function parse(flags: Readonly<Record<string, Flag>>, args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options = Object.fromEntries(Object.keys(flags).map((name) => [name, { type: 'string' } as const]));
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Unmeasured(error instanceof Error ? error.message : String(error));
  }
}

function readFlag(name: string, flag: Flag, text: string | undefined): number | string | null {
  if (flag.kind === 'path') return text ?? null;
  if (text === undefined) return flag.byDefault;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < flag.least) throw new Unmeasured(`--${name} takes a number from ${flag.least}.`);
  return value;
}
