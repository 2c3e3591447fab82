import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasAlready } from '../etag.ts';

/** The documented answer to a request whose If-None-Match still holds. */
export const notModified = Type.Null({ description: 'The caller has this answer already.' });

/** Whether caches between may keep it; an answer to an access code is its holder's alone. */
export type Audience = 'anyone' | 'caller';

/** Marks the answer with its validator; true if the caller has it already, and 304 is to be sent. */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, etag: string, audience: Audience = 'anyone'): boolean {
  // no-cache: it may be kept, but is asked about before every use.
  reply.header('etag', etag).header('cache-control', audience === 'anyone' ? 'public, no-cache' : 'private, no-cache');
  return hasAlready(request.headers['if-none-match'], etag);
}
