import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Measured: fewer cost more turns of the loop, more let PostgreSQL wait longer for a batch's second trip. */
const REQUESTS_PER_TURN = 32;

type Arrived = { request: IncomingMessage; response: ServerResponse };

/**
 * Begins at most so many requests in one turn of the event loop; the others follow in the next turns, in the order in
 * which they came. In a rush Node reads hundreds of requests in one go, and a batch whose rows have arrived meanwhile
 * would wait for all of them, with its event locked.
 */
export function takeTurns(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[];
  const waiting: Arrived[] = [];
  let begun = 0;
  let isTurnPlanned = false;

  const begin = ({ request, response }: Arrived) => {
    begun += 1;
    for (const listener of listeners) listener.call(server, request, response);
  };
  const planTurn = () => {
    if (isTurnPlanned) return;
    isTurnPlanned = true;
    setImmediate(takeTurn);
  };
  const takeTurn = () => {
    isTurnPlanned = false;
    begun = 0;
    for (const arrived of waiting.splice(0, REQUESTS_PER_TURN)) {
      // Whoever has hung up meanwhile waits for nothing.
      if (!arrived.request.socket.destroyed) begin(arrived);
    }
    if (begun > 0 || waiting.length > 0) planTurn();
  };

  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    planTurn();
    if (begun < REQUESTS_PER_TURN && waiting.length === 0) begin({ request, response });
    else waiting.push({ request, response });
  });
}
