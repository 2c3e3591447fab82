import type { FastifyRequest } from 'fastify';

/** Tells, whenever it is asked, whether who made the request has hung up. */
export function isGone(request: FastifyRequest): () => boolean {
  return () => request.raw.socket.destroyed === true;
}
