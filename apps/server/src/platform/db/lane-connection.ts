import { Socket } from 'node:net';
import { Client, type QueryArrayResult } from 'pg';

/** A prepared statement: `name` is its identity on the connection, `text` never changes. */
export type Statement = { name: string; text: string };

export type Call = { statement: Statement; values: readonly (string | number | null)[] };

/** `atMs`: when the answer arrived, by `performance.now()`. */
export type CallResult = { tag: string; rows: unknown[][]; atMs: number };

/**
 * A connection on which many statements travel in one round trip. States: open → (error or end) broken.
 * A broken connection is never used again; its owner opens another.
 */
export type LaneConnection = {
  readonly isBroken: boolean;
  /** Sends all calls in one write and answers all results, in order; throws the first error after all have answered. */
  roundTrip(calls: readonly Call[]): Promise<CallResult[]>;
  close(): Promise<void>;
};

/**
 * One server stopped in mid-batch stalls an event for at most LOCK_TIMEOUT; a snapshot left open cuts every lane
 * of the cluster, so the server ends ours after IDLE_TIMEOUT. There is no statement timeout: a cancelled
 * synchronous wait looks like success. Plans cached on empty tables must not scan: lookups are by key alone.
 */
const SETTINGS = [
  'idle_in_transaction_session_timeout=1000',
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

const CONNECT_TIMEOUT_MS = 3_000;

export async function openLaneConnection(url: string): Promise<LaneConnection> {
  const socket = new Socket();
  const client = new Client({
    connectionString: url,
    application_name: 'tessera-lane',
    pipeline: true,
    stream: () => socket,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: SETTINGS.map((setting) => `-c ${setting}`).join(' '),
  });
  let isBroken = false;
  client.on('error', () => {
    isBroken = true;
  });
  client.on('end', () => {
    isBroken = true;
  });
  await client.connect();
  return {
    get isBroken() {
      return isBroken;
    },
    roundTrip: (calls) => roundTrip(client, socket, calls),
    close: async () => {
      if (isBroken) socket.destroy();
      else await client.end();
    },
  };
}

async function roundTrip(client: Client, socket: Socket, calls: readonly Call[]): Promise<CallResult[]> {
  socket.cork();
  const pending = calls.map((call) => send(client, call));
  socket.uncork();
  // Every answer is awaited, also after the first error: the next batch must not read this one's replies.
  const settled = await Promise.allSettled(pending);
  return settled.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
}

async function send(client: Client, { statement, values }: Call): Promise<CallResult> {
  const { name, text } = statement;
  const answer: QueryArrayResult<unknown[]> = await client.query({ name, text, values: values as unknown[], rowMode: 'array' });
  return { tag: answer.command, rows: answer.rows, atMs: performance.now() };
}
