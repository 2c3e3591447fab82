import { parseArgs } from 'node:util';
import { parseId } from '../platform/ids/index.ts';

export type AuditFlags =
  | { kind: 'run'; eventIds: string[]; full: boolean; url: string | null }
  | { kind: 'help' }
  | { kind: 'wrong'; problems: string[] };

export const AUDIT_HELP = `npm run audit -- [flags]

  --event evt_…   audits this event; may be given several times (default: every event that is listed)
  --full          counts every booking and every buyer again, not only what is new since the last clean audit
  --url http://…  asks this server (default: the one that runs from this folder, else the database of DATABASE_URL)

Exits with 1 if an event is broken. Events that are not public are audited by name, or with DATABASE_URL.`;

const options = {
  event: { type: 'string', multiple: true },
  full: { type: 'boolean' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export function readAuditFlags(args: readonly string[]): AuditFlags {
  let values: { event?: string[]; full?: boolean; url?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return {
      kind: 'wrong',
      problems: [`${error instanceof Error ? error.message.split('\n', 1)[0] : error} \`--help\` lists what there is.`],
    };
  }
  if (values.help) return { kind: 'help' };
  const eventIds = values.event ?? [];
  const problems = eventIds.filter((id) => parseId('evt', id) === null).map((id) => `--event ${id} is not the id of an event (evt_…).`);
  const url = values.url ?? null;
  if (url !== null && !isHttpUrl(url)) problems.push('--url must be an http:// or https:// address.');
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'run', eventIds, full: values.full ?? false, url };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
