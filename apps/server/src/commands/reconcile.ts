import { ConfigError, loadConfig, type Config } from '../config.ts';
import { buildSandboxClient, ProviderUnavailable } from '../engines/payments/index.ts';
import { reconcile, type Reconciliation } from '../modules/payments/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { openDb } from '../platform/db/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { findPayments } from '../serve/sandbox-options.ts';
import { loadSecrets } from '../serve/secrets.ts';
import { readReconcileFlags, RECONCILE_HELP } from './reconcile-flags.ts';
import { reconciliationJson, reconciliationLines } from './reconcile-report.ts';
import { withDatabase } from './with-database.ts';

/** `reconcile`: compares the payment provider's word with the money ledger, and answers 1 if they differ. */
export async function run(args: readonly string[]): Promise<number> {
  const flags = readReconcileFlags(args);
  if (flags.kind === 'help') {
    print(RECONCILE_HELP);
    return 0;
  }
  if (flags.kind === 'wrong') throw new ConfigError(flags.problems);
  const config = loadConfig();
  // With --json standard output has nothing but the report on it.
  const say = flags.json ? (line: string) => process.stderr.write(`${line}\n`) : print;
  const report = await withDatabase(config, say, (url) => compare(config, url, flags.graceMinutes * 60_000));
  if (flags.json) print(reconciliationJson(report));
  else for (const line of reconciliationLines(report)) print(line);
  return report.differences.length === 0 ? 0 : 1;
}

async function compare(config: Config, databaseUrl: string, graceMs: number): Promise<Reconciliation> {
  const access = findPayments(config, loadSecrets(config).serverKey);
  if (!access) throw new StartProblem('There is no payment provider to compare with: start the server once, or set PAYMENTS_URL.');
  const provider = buildSandboxClient(access);
  const db = openDb({ url: databaseUrl, poolMax: 1, onError: () => undefined });
  try {
    return await reconcile({ db, provider, clock: systemClock }, { graceMs });
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    throw new StartProblem(`The payment provider at ${access.url} does not answer. Is the server running?`, { cause: error });
  } finally {
    provider.close();
    await db.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
