import { UnreadableSetting } from './config/parsers.ts';
import { settings } from './config/settings.ts';
import { isInjectedByKubernetes, nearest } from './config/unknown-settings.ts';
import type { LogLevel, Mode, Role, Setting, SettingName, SettingValues } from './config/settings.ts';

export type { LogLevel, Mode, Role, SettingName } from './config/settings.ts';

export type Config = {
  /** `host` is an address to listen on, never `localhost`; port 0 is any free one. */
  http: { host: string; port: number };
  /** The origin under which people open the installation. */
  publicUrl: string;
  /** Null URLs mean the embedded database. */
  database: { url: string | null; directUrl: string | null; poolMax: number };
  /** Absolute path of the folder that holds this machine's state. */
  home: string;
  roles: ReadonlySet<Role>;
  processes: number;
  /** Null: decided by where the database comes from. */
  demo: boolean | null;
  serverKey: Buffer | null;
  internalSecret: string | null;
  /** Whether money moves. */
  mode: Mode;
  /** Null: what is made from the server's key; without a URL the server starts a sandbox itself. */
  payments: { url: string | null; apiKey: string | null; webhookSecrets: readonly string[] | null; account: string | null };
  /** Null: a free port, its own address, and the webhook of this server. */
  sandbox: { port: number | null; publicUrl: string | null; webhookUrls: readonly string[] | null; timePercent: number };
  logLevel: LogLevel;
  lane: LaneLimits;
  /** Of the lanes in which doors let people in. */
  doors: LaneLimits;
  shutdownMs: number;
};

type LaneLimits = { connections: number; batchMax: number; queueMax: number; deadlineMs: number };

export type Environment = Readonly<Record<string, string | undefined>>;
/** Texts that came with the command line; they win over the environment. */
export type Overrides = Partial<Record<SettingName, string>>;

/** Everything that is wrong with the settings, one sentence each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads every setting from the environment and the command line.
 * An empty text counts as not set. Throws ConfigError with all problems at once.
 */
export function loadConfig(environment: Environment = process.env, overrides: Overrides = {}): Config {
  const problems = unknownSettings(environment);
  const values = readSettings(environment, overrides, problems);
  if (problems.length === 0) problems.push(...contradictions(values));
  if (problems.length > 0) throw new ConfigError(problems);
  return arrange(values);
}

function unknownSettings(environment: Environment): string[] {
  return Object.entries(environment)
    .filter(([name, text]) => name.startsWith('TESSERA_') && !Object.hasOwn(settings, name) && !isForeign(name, text))
    .map(([name]) => `${name} is not a setting${nearest(name, Object.keys(settings))}.`);
}

/** Names with our prefix that are no settings and no mistakes either. */
function isForeign(name: string, text: string | undefined): boolean {
  return name.startsWith('TESSERA_TEST_') || isInjectedByKubernetes(name, text);
}

function readSettings(environment: Environment, overrides: Overrides, problems: string[]): SettingValues {
  const values: Partial<Record<string, unknown>> = {};
  for (const [name, setting] of Object.entries<Setting<unknown, string | null>>(settings)) {
    const given = overrides[name as SettingName];
    const text = given ?? (environment[name] || setting.byDefault);
    const label = given === undefined ? name : (setting.flag ?? name);
    values[name] = text === null ? null : readOne(label, text, setting.parse, problems);
  }
  // Each value was made by the parser of its own name; a failed one is in problems, and then nothing is returned.
  return values as SettingValues;
}

function readOne(label: string, text: string, parse: (text: string) => unknown, problems: string[]): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof UnreadableSetting)) throw error;
    problems.push(`${label} ${error.message}.`);
    return undefined;
  }
}

function contradictions(values: SettingValues): string[] {
  const problems: string[] = [];
  if (values.DATABASE_DIRECT_URL !== null && values.DATABASE_URL === null) {
    problems.push('DATABASE_DIRECT_URL needs DATABASE_URL beside it.');
  }
  if (values.TESSERA_LANE_BATCH_MAX > values.TESSERA_LANE_QUEUE_MAX) {
    problems.push('TESSERA_LANE_BATCH_MAX must not exceed TESSERA_LANE_QUEUE_MAX.');
  }
  if (values.PORT === 0 && values.TESSERA_PROCESSES > 1) {
    problems.push('PORT 0 cannot be shared: TESSERA_PROCESSES above 1 needs a fixed port.');
  }
  if (values.PAYMENTS_URL?.startsWith('https:')) problems.push('PAYMENTS_URL must be a URL of http://: the sandbox speaks nothing else.');
  return problems;
}

function arrange(values: SettingValues): Config {
  const lane = {
    connections: values.TESSERA_LANE_CONNECTIONS,
    batchMax: values.TESSERA_LANE_BATCH_MAX,
    queueMax: values.TESSERA_LANE_QUEUE_MAX,
    deadlineMs: values.TESSERA_LANE_DEADLINE_MS,
  };
  return {
    http: { host: values.HOST, port: values.PORT },
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    database: {
      url: values.DATABASE_URL,
      directUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
      poolMax: values.TESSERA_DATABASE_POOL,
    },
    home: values.TESSERA_HOME,
    roles: values.TESSERA_ROLES,
    processes: values.TESSERA_PROCESSES,
    demo: values.TESSERA_DEMO,
    serverKey: values.TESSERA_SERVER_KEY,
    internalSecret: values.TESSERA_INTERNAL_SECRET,
    mode: values.TESSERA_MODE,
    payments: {
      url: values.PAYMENTS_URL,
      apiKey: values.PAYMENTS_API_KEY,
      webhookSecrets: values.PAYMENTS_WEBHOOK_SECRETS,
      account: values.PAYMENTS_ACCOUNT,
    },
    sandbox: {
      port: values.SANDBOX_PORT,
      publicUrl: values.SANDBOX_PUBLIC_URL,
      webhookUrls: values.SANDBOX_WEBHOOK_URLS,
      timePercent: values.SANDBOX_TIME_PERCENT,
    },
    logLevel: values.LOG_LEVEL,
    lane,
    doors: { ...lane, connections: values.TESSERA_DOOR_CONNECTIONS },
    shutdownMs: values.TESSERA_SHUTDOWN_MS,
  };
}
