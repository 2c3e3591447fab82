import type { FastifyRequest } from 'fastify';
import type { Log } from '../telemetry/index.ts';
import { pathOf } from './path-of.ts';
import type { ProblemError } from './problem.ts';

const REPEAT_MS = 1_000;

/**
 * Logs what was answered instead of a success: bugs at error, all of them; a database that is away at warn, once a
 * second with the count of those in between, since thousands of lines a second would be the next trouble; refusals,
 * and lanes that are full as their metrics tell, at debug.
 */
export function buildProblemLog(log: Log): (found: ProblemError, request: FastifyRequest) => void {
  const spoken = new Map<string, { atMs: number; unspoken: number }>();
  return (found, request) => {
    const level = levelOf(found);
    if (!log.isLevelEnabled(level)) return;
    const last = spoken.get(found.code);
    const nowMs = performance.now();
    if (level === 'warn' && last && nowMs - last.atMs < REPEAT_MS) {
      last.unspoken += 1;
      return;
    }
    if (level === 'warn') spoken.set(found.code, { atMs: nowMs, unspoken: 0 });
    const { method, url } = request.raw;
    const before = level === 'warn' && last ? { others_since_last: last.unspoken } : {};
    log[level](
      { request_id: request.id, method, path: pathOf(url), code: found.code, ...before, err: found.cause ?? found },
      found.message,
    );
  };
}

function levelOf(found: ProblemError): 'error' | 'warn' | 'debug' {
  if (found.code === 'INTERNAL') return 'error';
  return found.status >= 500 && found.code !== 'LANE_BUSY' ? 'warn' : 'debug';
}
