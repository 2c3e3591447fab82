import { hash } from 'node:crypto';
import type { EventRecord } from './queries/events.ts';
import type { EventSkeleton } from './read-event.ts';

/**
 * The validator of an event's page: its age tells a database from the next one under the same ids, the versions rise
 * with every edit of the terms, every batch of the lane and every change of words; the organizer's words have none.
 */
export function etagOfEvent({ sale, record, organization }: EventSkeleton): string {
  const versions = [record.createdAtMs, sale.contentVersion, sale.availabilityVersion, record.version].map((part) => part.toString(36));
  return `"${[...versions, digest(JSON.stringify(organization))].join('.')}"`;
}

/** The validator of an event's words alone, for those who change them. */
export function etagOfWords({ createdAtMs, version }: Pick<EventRecord, 'createdAtMs' | 'version'>): string {
  return `"words.${createdAtMs.toString(36)}.${version.toString(36)}"`;
}

/** Whether If-Match lets the change pass: it is absent, or names what there is. Compared strongly (RFC 9110, 13.1.1). */
export function mayChange(ifMatch: string | undefined, etag: string): boolean {
  return ifMatch === undefined || ifMatch.split(',').some((part) => part.trim() === '*' || part.trim() === etag);
}

/** The validator of a body that has no versions of its own. */
export function etagOfBody(text: string): string {
  return `"${digest(text)}"`;
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** Whether If-None-Match names the validator: the caller has this answer already. Compared weakly (RFC 9110, 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((part) => {
    const candidate = part.trim();
    return candidate === '*' || candidate.replace(/^W\//, '') === etag;
  });
}
