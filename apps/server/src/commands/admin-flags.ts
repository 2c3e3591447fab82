import { parseArgs } from 'node:util';
import { nearest } from '../config/unknown-settings.ts';

const ACTIONS = ['create', 'list', 'remove'] as const;
type Action = (typeof ACTIONS)[number];

export type AdminFlags =
  | { kind: 'list' }
  | { kind: 'create' | 'remove'; email: string }
  | { kind: 'help' }
  | { kind: 'wrong'; problems: string[] };

export const ADMIN_HELP = `npm run admin -- <action> [flags]

  create --email …   makes somebody with an account an operator of the platform
  list               shows the operators
  remove --email …   takes the role; their next request finds it gone

Works on the database itself: that of DATABASE_URL, else the embedded one of this folder, whether a server runs or not.
An operator is one only in sessions that began with a second factor or a passkey.`;

const options = { email: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export function readAdminFlags(args: readonly string[]): AdminFlags {
  let parsed: { values: { email?: string; help?: boolean }; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message.split('\n', 1)[0] : error} \`--help\` lists what there is.`);
  }
  const { values, positionals } = parsed;
  const [action, ...rest] = positionals;
  if (values.help || action === undefined) return { kind: 'help' };
  if (!isAction(action)) return wrong(`"${action}" is not an action${nearest(action, ACTIONS)}. There are: ${ACTIONS.join(', ')}.`);
  if (rest.length > 0) return wrong(`"${rest[0]}" is one word too many. An address is given with --email.`);
  if (action === 'list') return values.email === undefined ? { kind: 'list' } : wrong('list shows all operators: it takes no --email.');
  if (values.email === undefined) return wrong(`${action} needs --email, the address of the account.`);
  return { kind: action, email: values.email };
}

function wrong(problem: string): AdminFlags {
  return { kind: 'wrong', problems: [problem] };
}

function isAction(text: string): text is Action {
  return ACTIONS.some((action) => action === text);
}
