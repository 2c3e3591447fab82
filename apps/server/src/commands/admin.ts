import { ConfigError, loadConfig } from '../config.ts';
import { buildOperators, type Operators } from '../modules/accounts/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { openDb } from '../platform/db/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { readServerKey } from '../serve/secrets.ts';
import { ADMIN_HELP, readAdminFlags, type AdminFlags } from './admin-flags.ts';
import { withDatabase } from './with-database.ts';

type Request = Exclude<AdminFlags, { kind: 'help' | 'wrong' }>;

/** `admin`: says who are the operators of the platform, and makes and unmakes them. */
export async function run(args: readonly string[]): Promise<number> {
  const flags = readAdminFlags(args);
  if (flags.kind === 'help') {
    print(ADMIN_HELP);
    return 0;
  }
  if (flags.kind === 'wrong') throw new ConfigError(flags.problems);
  const config = loadConfig();
  const serverKey = readServerKey(config);
  if (serverKey === null) {
    throw new StartProblem(
      `Accounts are found by the server’s key: set TESSERA_SERVER_KEY, or TESSERA_HOME to the folder of a server (${config.home} has none).`,
    );
  }
  return withDatabase(config, print, async (url) => {
    const db = openDb({ url, poolMax: 1, onError: () => undefined });
    try {
      return await administer(buildOperators({ serverKey, db, clock: systemClock }), flags, print);
    } finally {
      await db.close();
    }
  });
}

/** Does what was asked and tells what came of it. Answers the exit status; throws StartProblem for what cannot be done. */
export async function administer(operators: Operators, request: Request, tell: (line: string) => void): Promise<number> {
  switch (request.kind) {
    case 'create':
      await create(operators, request.email, tell);
      break;
    case 'remove':
      await remove(operators, request.email, tell);
      break;
    case 'list':
      await list(operators, tell);
      break;
  }
  return 0;
}

async function create(operators: Operators, email: string, tell: (line: string) => void): Promise<void> {
  const outcome = await operators.create(email);
  if (outcome.kind === 'no_account') {
    throw new StartProblem(`There is no account under ${email}. Sign up first (POST /api/v1/sign-ups), then give the role.`);
  }
  tell(outcome.kind === 'created' ? `${email} is an operator now.` : `${email} is an operator already.`);
  if (!outcome.isProtected)
    tell('The role opens nothing yet: the account needs a second factor or a passkey, and a session that began with it.');
}

async function remove(operators: Operators, email: string, tell: (line: string) => void): Promise<void> {
  const { kind } = await operators.remove(email);
  if (kind === 'no_operator') throw new StartProblem(`${email} is no operator. \`npm run admin -- list\` shows who is.`);
  tell(`${email} is no operator any more.`);
}

async function list(operators: Operators, tell: (line: string) => void): Promise<void> {
  const found = await operators.list();
  for (const { name, email, since } of found) tell(`${since.toISOString()}  ${email}  ${printable(name)}`);
  if (found.length === 0) tell('Nobody is an operator. `npm run admin -- create --email …` makes one.');
}

/** A name may hold anything; a terminal obeys some of it. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\u{fffd}');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
