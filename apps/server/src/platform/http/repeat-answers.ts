import type { FastifyReply } from 'fastify';
import type { TSchema } from 'typebox';

/**
 * Sets the status of a command's answer: what was executed before is answered with 200 and marked
 * `Idempotency-Replayed: true`; `firstStatus` is that of the first time.
 */
export function markAnswer(reply: FastifyReply, replayed: boolean, firstStatus: 200 | 201): void {
  reply.code(replayed ? 200 : firstStatus).header('cache-control', 'private, no-store');
  if (replayed) reply.header('idempotency-replayed', 'true');
}

/** The document's words on the answer of a repeat. */
export function replayed<Schema extends TSchema>(schema: Schema): Schema {
  return { ...schema, description: 'A repeat: what the first request made, as it stands. The header Idempotency-Replayed is true.' };
}
