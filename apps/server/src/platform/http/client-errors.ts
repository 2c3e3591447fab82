import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PROBLEM_MEDIA_TYPE, type ErrorCode } from '@tessera/contract';
import { problem, type ProblemError } from './problem.ts';
import { problemText } from './error-mapper.ts';
import { linger } from './linger.ts';

const codes: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Node keeps the answer that has the socket's turn in this field; requests that came behind it wait for theirs. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

/**
 * Answers what never became a request: bytes that are no HTTP, too many headers, a body that does not come. Whole
 * requests that came before it on the connection are answered first: else a booking would be told a 400 that is not its.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: HttpSocket): void {
  // The rest of what was refused, which Node reports piece by piece.
  if (socket.writableEnded) return;
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const answer = socket._httpMessage;
  if (answer?.req.complete) answer.once('close', () => answerClientError(error, socket));
  else refuseOn(socket, problem(codes[error.code ?? ''] ?? 'REQUEST_MALFORMED'));
}

/**
 * Takes over two kinds of requests that Node would end by itself without a word: an Expect header that names something
 * else than 100-continue is ignored, as RFC 9110 (10.1.1) allows; nobody tunnels through this server with CONNECT.
 */
export function answerUnusual(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => {
    // Node has let go of the socket: an error that nobody hears would end the process.
    socket.on('error', () => socket.destroy());
    refuseOn(socket, problem('METHOD_NOT_ALLOWED'));
  });
}

function refuseOn(socket: Duplex, found: ProblemError): void {
  const body = problemText(found, 'none');
  const head = `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status]}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.write(`${head}\r\nConnection: close\r\n\r\n${body}`);
  linger(socket);
}
