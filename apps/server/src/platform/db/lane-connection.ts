import { Client } from 'pg';
import { RoundTrip, type Call, type CallResult, type Prepared } from './round-trip.ts';
import { watchSilence, type SilenceWatch } from './silence-watch.ts';
import { takeOptions, withSettings } from './url-options.ts';

/**
 * A connection on which many statements travel in one round trip. States: open → (error or end) broken.
 * A broken connection is never used again; its owner opens another.
 */
export type LaneConnection = {
  readonly isBroken: boolean;
  /** Sends all calls at once and answers all results, in order. Throws the first error; what stands behind it is not executed. */
  roundTrip(calls: readonly Call[]): Promise<CallResult[]>;
  close(): Promise<void>;
};

/**
 * One server stopped in mid-batch stalls an event for at most LOCK_TIMEOUT; a snapshot left open cuts every lane
 * of the cluster, so the server ends ours after IDLE_TIMEOUT. There is no statement timeout: a cancelled
 * synchronous wait looks like success. Plans cached on empty tables must not scan: lookups are by key alone.
 * They come after the URL's own options and replace them.
 */
const SETTINGS = [
  'statement_timeout=0',
  'idle_in_transaction_session_timeout=1000',
  'idle_session_timeout=0',
  'lock_timeout=2000',
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=2',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'plan_cache_mode=force_generic_plan',
  'jit=off',
];

/**
 * What depends on the server: a commit that is answered is on its disk, and on the standbys that the operator waits
 * for; a transaction timeout (PostgreSQL 17) would end a synchronous wait as a statement timeout does.
 */
const SETTINGS_OF_SERVER: Call = {
  statement: {
    name: 'lane_settings',
    text: `select set_config('synchronous_commit', case when current_setting('synchronous_commit') in ('remote_write', 'remote_apply')
        then current_setting('synchronous_commit') else 'on' end, false),
      case when current_setting('transaction_timeout', true) is not null then set_config('transaction_timeout', '0', false) end`,
  },
  values: [],
};

const CONNECT_TIMEOUT_MS = 3_000;
/** Longer than a wait for the lock and a slow commit after it: a connection that is given up costs the batch another run. */
const SILENCE_MS = 10_000;

export type LaneConnectionOptions = {
  /** How long a database may say nothing while it is asked, before the connection counts as lost. Tests shorten it. */
  silenceMs?: number;
};

export async function openLaneConnection(url: string, { silenceMs = SILENCE_MS }: LaneConnectionOptions = {}): Promise<LaneConnection> {
  const { connectionString, options } = takeOptions(url);
  const client = new Client({
    connectionString,
    application_name: 'tessera-lane',
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: withSettings(options, SETTINGS),
  });
  const prepared: Prepared = new Map();
  let isBroken = false;
  const destroy = (reason?: Error): void => void client.connection.stream.destroy(reason);
  const watch = watchSilence(silenceMs, () => destroy(new Error(`The database has said nothing for ${silenceMs} ms.`)));
  client.on('error', () => {
    isBroken = true;
  });
  client.on('end', () => {
    isBroken = true;
    watch.stop();
  });
  const connection: LaneConnection = {
    get isBroken() {
      return isBroken;
    },
    roundTrip: (calls) => roundTrip({ client, watch, prepared }, calls),
    close: async () => {
      watch.stop();
      if (isBroken) destroy();
      else await client.end();
    },
  };
  try {
    await client.connect();
    await connection.roundTrip([SETTINGS_OF_SERVER]);
    return connection;
  } catch (error) {
    watch.stop();
    destroy();
    throw error;
  }
}

type Talk = { client: Client; watch: SilenceWatch; prepared: Prepared };

async function roundTrip({ client, watch, prepared }: Talk, calls: readonly Call[]): Promise<CallResult[]> {
  const trip = new RoundTrip(calls, prepared);
  watch.asked();
  try {
    client.query(trip);
    return await trip.answers;
  } finally {
    watch.answered();
  }
}
