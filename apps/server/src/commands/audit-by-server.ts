import type { Audit, MoneyAudit } from '@tessera/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem.ts';
import type { AuditSource } from './audit-source.ts';

/** A full audit reads a whole event before it answers; a fetch gives up by itself after five minutes without one. */
const ANSWER_MAX_MS = 290_000;

const BUSY_TRIES = 20;

/** Asks a running server, which audits the database that it sells from. */
export function auditByServer(url: string): AuditSource {
  return {
    name: url,
    eventIds: () => listEventIds(url),
    audit: async (eventId, { full }) => (await find(new URL(`/api/v1/events/${eventId}/audit?full=${full}`, url))) as Audit | null,
    auditMoney: async (eventId) => (await find(new URL(`/api/v1/events/${eventId}/money-audit`, url))) as MoneyAudit | null,
    close: async () => undefined,
  };
}

async function* listEventIds(url: string): AsyncGenerator<string> {
  const page = new URL('/api/v1/events?limit=100', url);
  let hasMore = true;
  while (hasMore) {
    const list = (await bodyOf(await ask(page))) as { data: { id: string }[]; has_more: boolean };
    for (const event of list.data) yield event.id;
    hasMore = list.has_more;
    page.searchParams.set('starting_after', list.data.at(-1)?.id ?? '');
  }
}

/** What lies there; null if nothing does. */
async function find(url: URL): Promise<unknown> {
  const answer = await ask(url);
  if (answer.status !== 404) return bodyOf(answer);
  await answer.body?.cancel();
  return null;
}

/** The answer, after waiting while the server says that it is busy. */
async function ask(url: URL): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const answer = await get(url);
    if (answer.status !== 503 || tries === BUSY_TRIES) return answer;
    await answer.body?.cancel();
    await sleep(1_000 * (Number(answer.headers.get('retry-after')) || 1));
  }
}

async function get(url: URL): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(ANSWER_MAX_MS) });
  } catch (error) {
    throw new StartProblem(`${url.origin} does not answer. Is the server running? Another one can be named with --url.`, { cause: error });
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new StartProblem(`${answer.url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}
