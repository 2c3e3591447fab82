import type { Bench } from './lib/bench.ts';
import { Closers } from './lib/closers.ts';
import { flagsHelp } from './lib/flags.ts';
import { lineOf, recordLine } from './lib/report.ts';
import { Unmeasured } from './lib/unmeasured.ts';
import { checkIns } from './check-ins.ts';
import { confirms } from './confirms.ts';
import { holds } from './holds.ts';
import { holdsRich } from './holds-rich.ts';
import { tokens } from './tokens.ts';
import { twoServers } from './two-servers.ts';

/** `npm run bench` lists the benches; `npm run bench -- holds --rounds 3` runs one, `--record` keeps its line. */
const benches: Readonly<Record<string, Bench>> = {
  holds,
  'check-ins': checkIns,
  'holds-rich': holdsRich,
  'two-servers': twoServers,
  tokens,
  confirms,
};

const RECORD = '--record';

const [name, ...rest] = process.argv.slice(2);
process.exit(name === undefined || name === '--help' ? list() : await run(name, rest));

function list(): number {
  const lines = Object.entries(benches).map(([known, bench]) => `  ${known.padEnd(12)} ${bench.summary}\n${flagsHelp(bench.flags)}`);
  process.stdout.write(`npm run bench -- <bench> [flags] [${RECORD}]\n\n${lines.join('\n\n')}\n\n`);
  process.stdout.write(`Each ends in one line of JSON; ${RECORD} appends it to bench/history.jsonl.\n`);
  return 0;
}

async function run(wanted: string, args: readonly string[]): Promise<number> {
  const bench = benches[wanted];
  if (bench === undefined) {
    process.stderr.write(`There is no bench "${wanted}". There are: ${Object.keys(benches).join(', ')}.\n`);
    return 2;
  }
  const closers = new Closers();
  stopOnSignals(closers);
  try {
    const flags = args.filter((arg) => arg !== RECORD);
    const line = lineOf(wanted, await bench.run(flags, closers));
    process.stdout.write(`${line}\n`);
    if (args.includes(RECORD)) recordLine(line);
    return 0;
  } catch (error) {
    if (!(error instanceof Unmeasured) && !closers.isClosing) throw error;
    process.stderr.write(
      closers.isClosing ? 'Interrupted.\n' : `Not measured: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  } finally {
    await closers.closeAll();
  }
}

/** An interrupted bench leaves nothing behind: what it stands on goes away, so that it fails, and its end is as ever. */
function stopOnSignals(closers: Closers): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void closers.closeAll().catch((error: unknown) => process.stderr.write(`${String(error)}\n`)));
  }
}
