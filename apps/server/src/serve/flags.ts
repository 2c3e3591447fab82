import type { Overrides, SettingName } from '../config.ts';
import { settings } from '../config/settings.ts';
import { nearest } from '../config/unknown-settings.ts';

export type Flags = { kind: 'run'; overrides: Overrides } | { kind: 'help' } | { kind: 'wrong'; problems: string[] };

type Flag = { name: string; setting: SettingName; meaning: string; accepts: string };

const switches: ReadonlySet<string> = new Set(['--demo']);

/** Reads `--port 80`, `--port=80`, `--demo`, `--no-demo` into the settings that they override. */
export function readFlags(args: readonly string[]): Flags {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help' };
  const overrides: Overrides = {};
  const problems: string[] = [];
  const rest = args.filter((arg) => arg !== '--');
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [name = '', ...value] = arg.split('=');
    const flag = findFlag(name);
    const given = value.length > 0 ? value.join('=') : null;
    if (flag === null) problems.push(explainUnknown(name));
    else {
      const text = given ?? impliedValue(flag, name) ?? nextValue(rest);
      if (text === null) problems.push(`${flag.name} needs a value: ${flag.accepts}.`);
      else overrides[flag.setting] = text;
    }
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'run', overrides };
}

/** The flags of `serve`, one line each. */
export function flagsHelp(): string {
  const lines = flagsOfServe().map((flag) => `  ${flag.name.padEnd(14)} ${flag.meaning} (${flag.accepts}; ${flag.setting})`);
  return `${lines.join('\n')}\n\nEvery setting of the environment: docs/configuration.md`;
}

function findFlag(name: string): Flag | null {
  return flagsOfServe().find((flag) => flag.name === name || negated(flag) === name) ?? null;
}

function negated(flag: Flag): string | null {
  return switches.has(flag.name) ? flag.name.replace('--', '--no-') : null;
}

function impliedValue(flag: Flag, name: string): string | null {
  if (!switches.has(flag.name)) return null;
  return name === negated(flag) ? 'false' : 'true';
}

/** What looks like the next flag is no value. */
function nextValue(rest: string[]): string | null {
  const next = rest[0];
  return next === undefined || next === '' || next.startsWith('--') ? null : (rest.shift() ?? null);
}

function explainUnknown(name: string): string {
  if (!name.startsWith('-')) return `"${name}" is not a flag; \`--help\` lists what there is.`;
  const known = flagsOfServe().map((flag) => flag.name);
  return `${name} is not a flag${nearest(name, known)}.`;
}

function flagsOfServe(): Flag[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.flag === undefined) return [];
    return [{ name: setting.flag, setting: name as SettingName, meaning: setting.meaning, accepts: setting.accepts }];
  });
}
