import type { FastifyRequest } from 'fastify';
import { whoOf } from '../who-of.ts';
import type { RequireOwnEvent } from './context.ts';

/** Who scans for which event. */
export type ScanPermit = { eventId: string; by: string };

/** A member who is removed, or whose token ends, is refused by every server after that: in less than a second with the question. */
const REMEMBER_MS = 750;
const REMEMBERED_MAX = 10_000;

type Known = { permit: Promise<ScanPermit>; untilMs: number };

/**
 * Asks once in a while, and not for every scan, whether somebody may scan for an event: what it takes to know that is three
 * queries, a scan is not one. Only what was allowed is remembered; whoever is refused is looked at again.
 */
export function buildScanPermits(requireOwnEvent: RequireOwnEvent): (request: FastifyRequest) => Promise<ScanPermit> {
  /** In the order of their questions, which is the order in which they are forgotten. */
  const known = new Map<string, Known>();

  function forget(nowMs: number): void {
    for (const [name, { untilMs }] of known) {
      if (untilMs > nowMs && known.size <= REMEMBERED_MAX) return;
      known.delete(name);
    }
  }

  return (request) => {
    const { id, event_id: event } = request.params as { id: string; event_id: string };
    const name = `${id} ${event} ${request.headers.authorization ?? ''}`;
    const nowMs = performance.now();
    const before = known.get(name);
    if (before && nowMs < before.untilMs) return before.permit;
    const permit = requireOwnEvent(request).then(({ eventId, member }) => ({ eventId, by: whoOf(member) }));
    const entry = { permit, untilMs: nowMs + REMEMBER_MS };
    permit.catch(() => {
      if (known.get(name) === entry) known.delete(name);
    });
    known.delete(name);
    known.set(name, entry);
    forget(nowMs);
    return permit;
  };
}
