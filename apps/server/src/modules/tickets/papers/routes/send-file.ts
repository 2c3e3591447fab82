import type { FastifyReply } from 'fastify';
import { attachment, problem, type FileName } from '../../../../platform/http/index.ts';
import { PressBusy } from '../../press/press.ts';

const TYPES = { pdf: 'application/pdf', ics: 'text/calendar; charset=utf-8' } as const;

/** Private unless it is said otherwise: what is printed admits whoever has it. */
export type SentFile = FileName & { ending: keyof typeof TYPES; bytes: Buffer | string; cache?: string };

/** The schema says what the file is; that it comes as bytes it cannot say: hence the plain reply. */
export function sendFile(reply: FastifyReply, { bytes, cache = 'private, no-store', ...name }: SentFile): FastifyReply {
  return reply
    .header('content-type', TYPES[name.ending])
    .header('content-disposition', attachment(name))
    .header('cache-control', cache)
    .header('x-content-type-options', 'nosniff')
    .send(bytes);
}

/** Runs what prints; throws TICKETS_PRINTING_BUSY where too much waits for the press. */
export async function atThePress<Result>(print: () => Promise<Result>): Promise<Result> {
  try {
    return await print();
  } catch (error) {
    if (!(error instanceof PressBusy)) throw error;
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    throw problem('TICKETS_PRINTING_BUSY', { detail: 'Ask again in a moment.', headers, cause: error });
  }
}
