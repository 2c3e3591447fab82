export { buildServer } from './server.ts';
export type { HttpServer, ServerOptions } from './server.ts';
export { invalidField, problem, ProblemError } from './problem.ts';
export type { ProblemOptions } from './problem.ts';
export { bearerToken } from './bearer-token.ts';
export { requireIdempotencyKey, idempotencyKeyOf } from './idempotency-key.ts';
export { closeServer } from './close-server.ts';
