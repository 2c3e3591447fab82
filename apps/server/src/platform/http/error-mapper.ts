import { ERRORS, PROBLEM_MEDIA_TYPE, type ErrorCode } from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../telemetry/index.ts';
import { lingerAfterAnswer } from './linger.ts';
import { problem, ProblemError } from './problem.ts';
import { buildProblemLog } from './problem-log.ts';
import { problemOfAbsentDatabase } from './unavailable.ts';

/** Turns an error of a module into its problem; null if it is none of its own. */
export type ErrorTranslator = (error: unknown) => ProblemError | null;

/** What Fastify refuses by itself, in our words. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_MAX_PARAM_LENGTH: 'URL_TOO_LONG',
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
};

/** The one place where an error becomes an answer. The cause of a 5xx is logged, and nothing of it is shown. */
export function buildErrorMapper(log: Log, translators: readonly ErrorTranslator[]) {
  const logProblem = buildProblemLog(log);
  return function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const found = toProblem(error, translators);
    logProblem(found, request);
    if (found.options.headers) reply.headers(found.options.headers);
    // Its body may still be arriving; where Fastify could not read one, it closes the connection.
    if (!request.raw.complete || reply.hasHeader('connection')) lingerAfterAnswer(request.raw.socket);
    return reply
      .code(found.status)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      .header('cache-control', 'no-store')
      .send(problemText(found, request.id));
  };
}

function toProblem(error: unknown, translators: readonly ErrorTranslator[]): ProblemError {
  if (error instanceof ProblemError) return error;
  for (const translate of translators) {
    const translated = translate(error);
    if (translated) return translated;
  }
  return problemOfFramework(error) ?? problemOfAbsentDatabase(error) ?? problem('INTERNAL', { cause: error });
}

function problemOfFramework(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? frameworkCodes[code] : undefined;
  if (known) return problem(known, { cause: error });
  const isClientsFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return isClientsFault ? problem('REQUEST_MALFORMED', { cause: error }) : null;
}

/** The body of a problem (RFC 9457). */
export function problemText(found: ProblemError, requestId: string): string {
  const { title, status, retryable } = ERRORS[found.code];
  return JSON.stringify({
    ...found.options.extensions,
    type: `urn:tessera:problem:${found.code}`,
    title,
    status,
    code: found.code,
    detail: found.options.detail ?? title,
    retryable,
    request_id: requestId,
    ...(found.options.errors && { errors: found.options.errors }),
  });
}
