import type { FastifyRequest } from 'fastify';

/** The token of `Authorization: Bearer …`, or null if the header is missing or of another scheme. */
export function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined || header.length < 8) return null;
  const scheme = header.slice(0, 7);
  return scheme === 'Bearer ' || scheme.toLowerCase() === 'bearer ' ? header.slice(7) : null;
}
