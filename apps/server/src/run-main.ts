import { ConfigError } from './config.ts';
import { nearest } from './config/unknown-settings.ts';
import { StartProblem } from './platform/start-problem.ts';

type Run = (args: readonly string[]) => Promise<number>;

/** A command of the command line. `run` answers the exit status; StartProblem and ConfigError are shown as sentences. */
type Command = { name: string; summary: string; load: () => Promise<{ run: Run }> };

const commands: readonly Command[] = [
  { name: 'serve', summary: 'starts a server (the default); `serve --help` lists its flags', load: () => import('./serve/command.ts') },
  { name: 'audit', summary: 'recounts events and compares with what is sold; `audit --help`', load: () => import('./commands/audit.ts') },
  {
    name: 'admin',
    summary: 'makes, lists and removes operators of the platform; `admin --help`',
    load: () => import('./commands/admin.ts'),
  },
  { name: 'sandbox', summary: 'runs the payment sandbox by itself; `sandbox --help`', load: () => import('./commands/sandbox.ts') },
  {
    name: 'reconcile',
    summary: 'compares the payment provider with the money ledger; `reconcile --help`',
    load: () => import('./commands/reconcile.ts'),
  },
  { name: 'rush', summary: 'sends a crowd of simulated buyers at a server; `rush --help`', load: () => import('./commands/rush.ts') },
];

/** Runs a command line and answers the exit status; `run` takes the place of the commands in tests. */
export async function runMain(args: readonly string[], run: Run = dispatch): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StartProblem) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
}

async function dispatch(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === 'help' || first === '--help' || first === '-h') return printHelp();
  const isNamed = first !== undefined && !first.startsWith('-');
  const name = isNamed ? first : 'serve';
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = commands.map((known) => known.name);
    throw new StartProblem(`"${name}" is not a command${nearest(name, names)}. There are: ${names.join(', ')}.`);
  }
  const { run } = await command.load();
  return run(isNamed ? args.slice(1) : args);
}

function printHelp(): number {
  const lines = commands.map((command) => `  ${command.name.padEnd(8)} ${command.summary}`);
  process.stdout.write(`node apps/server/src/main.ts [command] [flags]\n\n${lines.join('\n')}\n`);
  return 0;
}
