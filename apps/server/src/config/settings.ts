import { resolve } from 'node:path';
import {
  accountName,
  httpUrls,
  listenHost,
  oneOf,
  originUrl,
  postgresUrl,
  secretKey,
  secretWord,
  secretWords,
  someOf,
  trueOrFalse,
  wholeNumber,
} from './parsers.ts';

/** The repository's root; state lies beside the code so that two checkouts never share any. */
const repository = resolve(import.meta.dirname, '../../../..');

export const roles = ['api', 'worker'] as const;
export type Role = (typeof roles)[number];

const modes = ['test', 'live'] as const;
export type Mode = (typeof modes)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One setting of the environment: what it means, what it accepts, and what holds when it is not set. */
export type Setting<Value, Default extends string | null> = {
  meaning: string;
  accepts: string;
  /** The text that is parsed when the variable is not set; null leaves the value null. */
  byDefault: Default;
  /** How the default reads in the reference, where the text itself would not tell. */
  defaultReads?: string;
  /** The flag of `serve` that overrides it. */
  flag?: string;
  parse(text: string): Value;
};

function setting<Value, Default extends string | null>(of: Setting<Value, Default>): Setting<Value, Default> {
  return of;
}

/** Every setting there is, in the order of the reference. */
export const settings = {
  PORT: setting({
    meaning: 'Port of the HTTP server. 0 takes any free one.',
    accepts: '0 to 65535',
    byDefault: '8080',
    flag: '--port',
    parse: wholeNumber(0, 65535),
  }),
  HOST: setting({
    meaning: 'Address to listen on. 0.0.0.0 makes the server reachable from other machines.',
    accepts: 'a host name or IP address',
    byDefault: 'localhost',
    flag: '--host',
    parse: listenHost,
  }),
  PUBLIC_URL: setting({
    meaning: 'Address under which people open this installation. Passkeys belong to its host: another host needs new ones.',
    accepts: 'an http:// or https:// URL without a path',
    byDefault: null,
    defaultReads: '`http://localhost:` and the port',
    parse: originUrl,
  }),
  DATABASE_URL: setting({
    meaning: 'PostgreSQL (15 to 18) to use in place of the embedded one.',
    accepts: 'a postgres:// URL',
    byDefault: null,
    defaultReads: 'embedded PostgreSQL',
    parse: postgresUrl,
  }),
  DATABASE_DIRECT_URL: setting({
    meaning: 'The same database without a pooler in between, for the lanes that sell.',
    accepts: 'a postgres:// URL',
    byDefault: null,
    defaultReads: '`DATABASE_URL`',
    parse: postgresUrl,
  }),
  TESSERA_HOME: setting({
    meaning: 'Folder of everything the server keeps on this machine: embedded database, secrets, mail, lock.',
    accepts: 'a folder',
    byDefault: resolve(repository, '.tessera'),
    defaultReads: '`.tessera` in the repository',
    parse: (text: string) => resolve(text),
  }),
  TESSERA_ROLES: setting({
    meaning: 'What this server does: `api` answers HTTP, `worker` does what follows a sale.',
    accepts: `one or more of ${roles.join(', ')}, separated by commas`,
    byDefault: roles.join(','),
    flag: '--roles',
    parse: someOf(roles),
  }),
  TESSERA_PROCESSES: setting({
    meaning: 'Processes that share the port on this machine.',
    accepts: '1 to 256',
    byDefault: '1',
    flag: '--processes',
    parse: wholeNumber(1, 256),
  }),
  TESSERA_DEMO: setting({
    meaning: 'Whether the first start writes demo events.',
    accepts: 'true or false',
    byDefault: null,
    defaultReads: 'true with the embedded database, false with `DATABASE_URL`',
    flag: '--demo',
    parse: trueOrFalse,
  }),
  TESSERA_SERVER_KEY: setting({
    meaning: 'Secret that signs sessions and seals what is personal. Servers that share a database must share it; a backup needs it.',
    accepts: '32 bytes or more in hex or base64',
    byDefault: null,
    defaultReads: 'made by the first start in `secrets.json` of `TESSERA_HOME`',
    parse: secretKey,
  }),
  TESSERA_INTERNAL_SECRET: setting({
    meaning: 'Secret that callers of `/internal` send; on routes for members it acts as an owner of any organization.',
    accepts: '16 printable characters or more',
    byDefault: null,
    defaultReads: 'made by the first start in `secrets.json` of `TESSERA_HOME`',
    parse: secretWord,
  }),
  TESSERA_MODE: setting({
    meaning: 'Whether money moves: `test` uses the payment sandbox, `live` a real provider. There is no live provider yet.',
    accepts: modes.join(', '),
    byDefault: 'test',
    parse: oneOf(modes),
  }),
  PAYMENTS_URL: setting({
    meaning: 'Payment sandbox to use in place of the one that the server starts itself.',
    accepts: 'an http:// URL without a path',
    byDefault: null,
    defaultReads: 'the sandbox of this server',
    parse: originUrl,
  }),
  PAYMENTS_API_KEY: setting({
    meaning: 'Secret with which the payment provider is called.',
    accepts: '16 printable characters or more',
    byDefault: null,
    defaultReads: 'made from `TESSERA_SERVER_KEY`',
    parse: secretWord,
  }),
  PAYMENTS_WEBHOOK_SECRETS: setting({
    meaning: 'Secrets with which the payment provider signs what it tells: two while one takes the place of the other.',
    accepts: 'one to four words of 16 printable characters or more, separated by commas',
    byDefault: null,
    defaultReads: 'made from `TESSERA_SERVER_KEY`',
    parse: secretWords,
  }),
  PAYMENTS_ACCOUNT: setting({
    meaning: 'Who this installation is at the payment provider; what it tells of others is refused.',
    accepts: 'up to 100 letters, digits, dots, dashes and underscores',
    byDefault: null,
    defaultReads: 'made from `TESSERA_SERVER_KEY`',
    parse: accountName,
  }),
  SANDBOX_PORT: setting({
    meaning: 'Port of the payment sandbox, on this machine alone.',
    accepts: '1 to 65535',
    byDefault: null,
    defaultReads: 'a free one between 20000 and 32000, kept in `TESSERA_HOME`',
    parse: wholeNumber(1, 65535),
  }),
  SANDBOX_PUBLIC_URL: setting({
    meaning: 'Address under which people open the pages of the payment sandbox, where that is not this machine.',
    accepts: 'an http:// or https:// URL without a path',
    byDefault: null,
    defaultReads: '`http://127.0.0.1:` and its port',
    parse: originUrl,
  }),
  SANDBOX_WEBHOOK_URLS: setting({
    meaning: 'Where the payment sandbox sends what it tells.',
    accepts: 'http:// URLs, separated by commas',
    byDefault: null,
    defaultReads: '`/webhooks/payments` of this server',
    parse: httpUrls,
  }),
  SANDBOX_TIME_PERCENT: setting({
    meaning: 'How long payments, refunds and disputes of the sandbox that take their time take, in percent.',
    accepts: '0 to 100',
    byDefault: '100',
    parse: wholeNumber(0, 100),
  }),
  LOG_LEVEL: setting({
    meaning: 'Least severe log line that is written.',
    accepts: logLevels.join(', '),
    byDefault: 'info',
    parse: oneOf(logLevels),
  }),
  TESSERA_LANE_CONNECTIONS: setting({
    meaning: 'Database connections for the lanes, per process. Each busy event uses one at a time.',
    accepts: '1 to 200',
    byDefault: '8',
    parse: wholeNumber(1, 200),
  }),
  TESSERA_LANE_BATCH_MAX: setting({
    meaning: 'Commands in one transaction of a lane.',
    accepts: '1 to 10000',
    byDefault: '500',
    parse: wholeNumber(1, 10_000),
  }),
  TESSERA_LANE_QUEUE_MAX: setting({
    meaning: 'Holds that may wait for one event in one process; one more is answered 503.',
    accepts: '1 to 1000000',
    byDefault: '5000',
    parse: wholeNumber(1, 1_000_000),
  }),
  TESSERA_LANE_DEADLINE_MS: setting({
    meaning: 'Milliseconds after which a hold that still waits is dropped unexecuted.',
    accepts: '100 to 600000',
    byDefault: '5000',
    parse: wholeNumber(100, 600_000),
  }),
  TESSERA_DOOR_CONNECTIONS: setting({
    meaning: 'Database connections for the lanes in which doors let people in, per process. Each event with busy doors uses one at a time.',
    accepts: '1 to 200',
    byDefault: '2',
    parse: wholeNumber(1, 200),
  }),
  TESSERA_DATABASE_POOL: setting({
    meaning: 'Database connections for everything but the lanes, per process.',
    accepts: '1 to 1000',
    byDefault: '10',
    parse: wholeNumber(1, 1000),
  }),
  TESSERA_SHUTDOWN_MS: setting({
    meaning: 'Milliseconds a stopping server may take to finish what it has begun.',
    accepts: '0 to 600000',
    byDefault: '10000',
    parse: wholeNumber(0, 600_000),
  }),
};

export type SettingName = keyof typeof settings;

type ValueOf<Of> = Of extends Setting<infer Value, infer Default> ? (Default extends string ? Value : Value | null) : never;
export type SettingValues = { [Name in SettingName]: ValueOf<(typeof settings)[Name]> };
