import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import type { Telemetry } from '../telemetry/index.ts';
import { answerClientError, answerUnusual } from './client-errors.ts';
import { buildErrorMapper, type ErrorTranslator } from './error-mapper.ts';
import type { HttpServer } from './http-server.ts';
import { parseJsonBody } from './json-body.ts';
import { answerNotFound } from './not-found.ts';
import { limitPipelining } from './limit-pipelining.ts';
import { observeRequests } from './observe-requests.ts';
import { refuseEarly } from './refuse-early.ts';
import { buildRequestIds } from './request-id.ts';
import { takeTurns } from './take-turns.ts';
import { compileValidator, problemOfValidation } from './validators.ts';

export type ServerOptions = {
  telemetry: Telemetry;
  /** How the modules' own errors become problems. */
  translators?: readonly ErrorTranslator[];
  /** How long a request may take to arrive: its headers, and all of it. Tests shorten them. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
};

const BODY_BYTES_MAX = 64 * 1024;
const HEADER_BYTES_MAX = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
/** Longer than the idle time of common balancers: whoever closes first must not be us. */
const KEEP_ALIVE_MS = 72_000;
const PARAM_CHARS_MAX = 200;

/**
 * An HTTP server with everything that all routes share: reading and validating, problem+json, timeouts, metrics.
 * Fastify's own logging is off: a child logger per request costs more than the request tells; what is worth a line is
 * logged by the error mapper and the observer.
 */
export function buildServer(options: ServerOptions): HttpServer {
  const { telemetry, headersTimeoutMs = HEADERS_TIMEOUT_MS, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const answerError = buildErrorMapper(telemetry.log, options.translators ?? []);
  const http: HttpServer = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A request that comes in while the server drains is still answered; its connection is closed after it.
    return503OnClosing: false,
    genReqId: buildRequestIds(),
    exposeHeadRoutes: true,
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
      // Node would answer without a body; `refuseEarly` answers with a problem.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
    schemaErrorFormatter: problemOfValidation,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerError,
  }).withTypeProvider<TypeBoxTypeProvider>();
  http.setValidatorCompiler(compileValidator);
  http.setErrorHandler(answerError);
  http.setNotFoundHandler(answerNotFound(http));
  readJsonAlone(http);
  limitPipelining(http);
  observeRequests(http, telemetry);
  http.addHook('onRequest', (request, _reply, done) => done(refuseEarly(request.raw)));
  answerUnusual(http.server);
  takeTurns(http.server);
  return http;
}

function readJsonAlone(http: HttpServer): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, parseJsonBody(text as string));
    } catch (error) {
      done(error as Error);
    }
  });
}
