import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Long enough for an answer to cross the world; whoever still sends by then does not listen. */
const LINGER_MS = 1_000;

/**
 * Ends a connection, and reads on for a moment what the client is still sending: a socket that is closed with bytes
 * unread resets the connection, and the reset takes the answer with it (RFC 9112, 9.6).
 */
export function linger(socket: Duplex): void {
  const impatience = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(impatience));
  socket.end();
  socket.resume();
}

/** Has Node do so where it would close the connection after the answer. */
export function lingerAfterAnswer(socket: Socket): void {
  socket.destroySoon = () => linger(socket);
}
