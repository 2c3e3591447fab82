import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerCall, type Counter } from './answer-call.ts';
import { askedOf, type Asked } from './asked.ts';
import { errorJson, type Answer } from './answers.ts';
import type { Journal } from './journal.ts';
import { renderProblemPage } from './payer-page.ts';
import { Refusal } from './refusal.ts';

const BODY_BYTES_MAX = 64 * 1024;
/** Longer than the other side keeps an idle connection, so that no call meets a closing one. */
const KEEP_ALIVE_MS = 120_000;
const NO_BODY = Buffer.alloc(0);

export type HttpFaceOptions = Omit<Counter, 'requireKey'> & { apiKey: string; journal: Journal; log: (line: string) => void };

/** The sandbox over HTTP. Nothing is answered before what it tells of is on the disk. */
export function buildHttpFace({ desk, faults, apiKey, journal, log }: HttpFaceOptions): Server {
  const counter: Counter = { desk, faults, requireKey: buildKeyCheck(apiKey) };

  function answer(asked: Asked): Answer {
    try {
      return answerCall(counter, asked);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(asked, error);
      log(`The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`);
      return errorJson(500, 'internal', 'The sandbox failed.');
    }
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const fault = request.url === '/v1/faults' ? 'none' : faults.now();
    if (fault === 'down') return void request.socket.destroy();
    readBody(request, (body) => {
      if (fault === 'hang') return;
      if (body === null) return send(response, errorJson(413, 'too_large', `A body has at most ${BODY_BYTES_MAX} bytes.`));
      if (fault === 'error_500') return send(response, errorJson(500, 'pretended', 'The sandbox pretends to fail.'));
      const { method = '', url = '', headers } = request;
      const given = answer(askedOf({ method, url, headers }, body));
      journal.whenFlushed(() => send(response, given));
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

/** Calls back with the whole body, or with null, once, for one that is too long; its connection then ends with the answer. */
function readBody(request: IncomingMessage, then: (body: Buffer | null) => void): void {
  if (request.method === 'GET') {
    request.resume();
    then(NO_BODY);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) return void chunks.push(chunk);
    if (bytes - chunk.length <= BODY_BYTES_MAX) then(null);
  });
  request.on('end', () => {
    const [first] = chunks;
    if (bytes <= BODY_BYTES_MAX) then(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
  request.on('error', () => {}); // The caller is gone: nobody is left to be answered.
}

function send(response: ServerResponse, { status, headers, text }: Answer): void {
  if (response.destroyed) return;
  const ending = status === 413 ? ['connection', 'close'] : [];
  response.writeHead(status, [...headers, 'content-length', String(Buffer.byteLength(text)), ...ending]);
  response.end(text);
}

function refusalAnswer(asked: Asked, { status, code, message }: Refusal): Answer {
  return asked.path[0] === 'pay' ? renderProblemPage(status, message) : errorJson(status, code, message);
}

function buildKeyCheck(apiKey: string): (asked: Asked) => void {
  const expected = Buffer.from(`Bearer ${apiKey}`, 'utf8');
  return ({ headers }) => {
    const given = Buffer.from(headers.authorization ?? '', 'utf8');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new Refusal(401, 'unauthorized', 'Send the API key as a bearer token.');
    }
  };
}
