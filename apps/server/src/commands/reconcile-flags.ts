import { parseArgs } from 'node:util';

export type ReconcileFlags =
  | { kind: 'run'; json: boolean; graceMinutes: number }
  | { kind: 'help' }
  | { kind: 'wrong'; problems: string[] };

export const RECONCILE_HELP = `npm run reconcile -- [flags]

Compares all that moved at the payment provider with the money ledger, booking by booking.

  --json       prints the report as one line of JSON
  --grace <n>  what moved in the last n minutes may still be under way, and is not called a difference (default 10)

Exits with 1 if there is any difference.`;

const GRACE_MINUTES = 10;
const GRACE_MINUTES_MAX = 1_440;

const options = { json: { type: 'boolean' }, grace: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export function readReconcileFlags(args: readonly string[]): ReconcileFlags {
  let values: { json?: boolean; grace?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    const what = error instanceof Error ? error.message.split('\n', 1)[0] : error;
    return { kind: 'wrong', problems: [`${what} \`--help\` lists what there is.`] };
  }
  if (values.help) return { kind: 'help' };
  const { grace = String(GRACE_MINUTES) } = values;
  const isMinutes = /^\d{1,4}$/.test(grace) && Number(grace) <= GRACE_MINUTES_MAX;
  if (!isMinutes) return { kind: 'wrong', problems: [`--grace must be a number of minutes up to ${GRACE_MINUTES_MAX}.`] };
  return { kind: 'run', json: values.json ?? false, graceMinutes: Number(grace) };
}
