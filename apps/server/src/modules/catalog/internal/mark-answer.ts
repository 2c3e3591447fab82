import type { FastifyReply } from 'fastify';

/** Sets the status of a command's answer, and marks a repeat; `firstStatus` is that of the first time. */
export function markAnswer(reply: FastifyReply, replayed: boolean, firstStatus: 200 | 201): void {
  reply.code(replayed ? 200 : firstStatus).header('cache-control', 'private, no-store');
  if (replayed) reply.header('idempotency-replayed', 'true');
}
