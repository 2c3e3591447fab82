import { ConfigError, loadConfig, type Config } from '../config.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { findRunningServer } from '../serve/home.ts';
import { auditByDatabase } from './audit-by-database.ts';
import { auditByServer } from './audit-by-server.ts';
import { AUDIT_HELP, readAuditFlags } from './audit-flags.ts';
import type { AuditSource } from './audit-source.ts';
import { auditHeading, auditLines, moneyLines } from './audit-table.ts';

/** `audit`: audits one event or all, prints what it found, and answers 1 if anything is broken. */
export async function run(args: readonly string[]): Promise<number> {
  const flags = readAuditFlags(args);
  if (flags.kind === 'help') {
    print(AUDIT_HELP);
    return 0;
  }
  if (flags.kind === 'wrong') throw new ConfigError(flags.problems);
  const source = chooseSource(loadConfig(), flags.url);
  try {
    return await auditAll(source, { ...flags, print });
  } finally {
    await source.close();
  }
}

function chooseSource(config: Config, url: string | null): AuditSource {
  if (url !== null) return auditByServer(url);
  const running = findRunningServer(config.home)?.url ?? null;
  if (running !== null) return auditByServer(running);
  if (config.database.url !== null) return auditByDatabase(config.database.url);
  throw new StartProblem(`No server runs from ${config.home}. Start one (npm start), name one with --url, or set DATABASE_URL.`);
}

/** Audits the events named, or all that the source knows, one after the other. */
export async function auditAll(
  source: AuditSource,
  options: { eventIds: readonly string[]; full: boolean; print: (line: string) => void },
): Promise<number> {
  const verdicts = { clean: 0, broken: 0 };
  options.print(`Auditing ${source.name}${options.full ? ', in full' : ''}`);
  options.print(auditHeading());
  for await (const eventId of options.eventIds.length > 0 ? options.eventIds : source.eventIds()) {
    const audit = await source.audit(eventId, options);
    if (!audit) throw new StartProblem(`There is no event ${eventId}.`);
    const money = await source.auditMoney(eventId);
    const isClean = audit.verdict === 'clean' && money?.verdict !== 'broken';
    verdicts[isClean ? 'clean' : 'broken'] += 1;
    for (const line of [...auditLines(audit), ...(money ? moneyLines(money) : [])]) options.print(line);
  }
  options.print(verdicts.broken === 0 ? `${verdicts.clean} clean.` : `${verdicts.clean} clean, ${verdicts.broken} BROKEN.`);
  return verdicts.broken === 0 ? 0 : 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
