import type { SessionTokens } from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatId } from '../../../platform/ids/index.ts';
import type { SessionPair } from '../open-session.ts';

/** Tokens are never kept by anybody on the way. */
export function answerSession(reply: FastifyReply, status: 200 | 201, session: SessionPair): SessionTokens {
  reply.code(status).header('cache-control', 'no-store');
  return {
    session_id: formatId('ses', session.sessionId),
    access_token: session.accessToken,
    access_expires_in_seconds: session.accessExpiresInSeconds,
    refresh_token: session.refreshToken,
    refresh_expires_in_seconds: session.refreshExpiresInSeconds,
  };
}

const DEVICE_CHARS_MAX = 200;

/** What the browser says of itself. */
export function deviceOf(request: FastifyRequest): string {
  return (request.headers['user-agent'] ?? '').slice(0, DEVICE_CHARS_MAX);
}
