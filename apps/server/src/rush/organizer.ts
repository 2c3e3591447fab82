import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem.ts';
import type { HttpClient } from './http/client.ts';
import type { Reply } from './http/connection.ts';
import { isRecord } from './is-record.ts';
import { parseJson } from './parse-json.ts';

/** Sends what an organizer does, as the platform. */
export type Organizer = (method: 'POST' | 'PATCH' | 'PUT', path: string, body: object) => Promise<Record<string, unknown>>;

const PAUSE_MS = 500;
/** One that never answered is the wrong address; one that did may be starting again. */
const PATIENCE_MS = { unknown: 3_000, known: 45_000 };

/** Repeats with the same key where the server was busy. Throws StartProblem saying what the server answered. */
export function buildOrganizer(http: HttpClient, secret: string): Organizer {
  let isKnown = false;
  return async (method, path, body) => {
    const call = { kind: 'organizer', method, path, token: secret, key: randomUUID(), body: JSON.stringify(body) } as const;
    for (const beganMs = performance.now(); ; ) {
      const reply = await http.send({ ...call, timeoutMs: 10_000, vanishAfterMs: null, isNewcomer: false });
      const answer = answerIn(reply);
      isKnown ||= reply.kind === 'answer';
      if (answer !== null) return answer;
      const isLater = reply.kind !== 'answer' || reply.answer.status === 503;
      const patienceMs = isKnown ? PATIENCE_MS.known : PATIENCE_MS.unknown;
      if (!isLater || performance.now() - beganMs > patienceMs) throw new StartProblem(explain(method, path, reply));
      await sleep(PAUSE_MS);
    }
  };
}

function answerIn(reply: Reply): Record<string, unknown> | null {
  if (reply.kind !== 'answer' || reply.answer.status >= 300) return null;
  const body = parseJson(reply.answer.body);
  return isRecord(body) ? body : null;
}

function explain(method: string, path: string, reply: Reply): string {
  if (reply.kind === 'dropped') return `The server does not answer (${reply.reason}). Is it running?`;
  if (reply.kind !== 'answer') return 'The server does not answer in time.';
  const { status, body } = reply.answer;
  if (status === 401) return 'The server has another internal secret, or none. Give its own with --secret or TESSERA_INTERNAL_SECRET.';
  if (status === 404) return 'The server has no routes for organizers: it is no Tessera.';
  return `The server refused ${method} ${path} with ${status}: ${body.slice(0, 300)}`;
}
