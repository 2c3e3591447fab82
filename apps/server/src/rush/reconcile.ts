import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from './is-record.ts';
import { parseJson } from './parse-json.ts';
import type { World } from './world.ts';

/** What `reconcile --json` says, or what it said instead. */
export type Reconciled = { kind: 'report'; report: Record<string, unknown> } | { kind: 'none'; why: string };
export type Reconcile = () => Promise<Reconciled>;

const MAIN = join(import.meta.dirname, '../main.ts');
const PAUSE_MS = 2_000;

/** Compares the provider's word with the money ledger by the command of that name, without grace: by now all should be told. */
export async function runReconcile(): Promise<Reconciled> {
  const child = spawn(process.execPath, [MAIN, 'reconcile', '--json', '--grace', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const report = parseJson(text);
  return isRecord(report) ? { kind: 'report', report } : { kind: 'none', why: `it ended with ${status}: ${said.slice(0, 300)}` };
}

/** The verdict on the rush's own event; what else the server sells is not the rush's to judge. */
export async function reconcile(
  { event, promises, patienceMs }: World,
  { reconcile: run }: { reconcile: Reconcile | null },
): Promise<string> {
  if (run === null) return 'not to be had';
  for (const untilMs = performance.now() + patienceMs; ; await sleep(PAUSE_MS)) {
    const done = await run();
    if (done.kind === 'none') {
      promises.broken('money_audit_clean', `reconcile says nothing: ${done.why}`);
      return 'not to be had';
    }
    const own = differencesOf(done.report, event.id);
    if (own.length > 0 && performance.now() < untilMs) continue;
    for (const difference of own) promises.broken('money_audit_clean', `reconcile: ${JSON.stringify(difference)}`);
    return describe(done.report, own.length);
  }
}

/** The id of a booking begins with its event's. */
function differencesOf({ differences }: Record<string, unknown>, eventId: string): Record<string, unknown>[] {
  const prefix = eventId.replace(/^evt_/, 'bkg_');
  const all = Array.isArray(differences) ? differences.filter(isRecord) : [];
  return all.filter(({ booking }) => String(booking).startsWith(prefix));
}

function describe({ movements, bookings, owed }: Record<string, unknown>, own: number): string {
  const { ours, theirs } = isRecord(movements) ? movements : {};
  const open = isRecord(owed) ? Number(owed['open']) : 0;
  const verdict = own === 0 ? 'no difference' : `${own} DIFFERENCES`;
  const left = open === 0 ? '' : `; ${open} refunds and voids still to be done`;
  return `${verdict} (${String(theirs)} movements of the provider and ${String(ours)} of ours, for ${String(bookings)} bookings${left})`;
}
