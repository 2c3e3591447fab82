import { hash } from 'node:crypto';
import type { EventSkeleton } from './read-event.ts';

/**
 * The validator of an event's page: its age tells a database from the next one under the same ids, the versions rise
 * with every edit of the terms, every batch of the lane and every change of words.
 */
export function etagOfEvent({ sale, record }: EventSkeleton): string {
  return `"${[record.createdAtMs, sale.contentVersion, sale.availabilityVersion, record.version].map((part) => part.toString(36)).join('.')}"`;
}

/** The validator of a body that has no versions of its own. */
export function etagOfBody(text: string): string {
  return `"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
}

/** Whether If-None-Match names the validator: the caller has this answer already. Compared weakly (RFC 9110, 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((part) => {
    const candidate = part.trim();
    return candidate === '*' || candidate.replace(/^W\//, '') === etag;
  });
}
