import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import type { HttpServer } from './http-server.ts';

/** Too few would cut off a client that only saves time; too many let one that does not read fill the memory. */
const WAITING_MAX = 64;

/**
 * Cuts off who sends many requests without waiting for answers. Node reads them 64 KB at a time, some thousand
 * requests, and begins them all; their answers wait in memory for those before them. Requests that come one after
 * another cost nothing here.
 */
export function limitPipelining(http: HttpServer): void {
  const waiting = new WeakMap<Socket, number>();
  http.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    // After the answer that closes the connection nothing is executed that could not be answered.
    if (!isTooMany(request, reply) && !socket.writableEnded && !socket.destroyed) return done();
    // What was begun before goes on, and a repeat tells its outcome.
    reply.hijack();
    if (!socket.writableEnded) socket.destroy();
  });

  function isTooMany({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply): boolean {
    // An answer has the socket from the beginning, unless others are before it.
    if (raw.socket !== null) return false;
    const count = (waiting.get(socket) ?? 0) + 1;
    waiting.set(socket, count);
    raw.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    return count > WAITING_MAX;
  }
}
