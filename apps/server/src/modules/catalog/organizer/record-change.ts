import { formatCellId } from '../../../platform/ids/index.ts';
import type { Member } from '../../organizations/index.ts';
import { commandId } from '../organizer-keys.ts';
import { recordedTerms } from '../recorded-terms.ts';
import type { OrganizerContext } from './documents.ts';

export type Change = {
  eventId: string;
  idempotencyKey: string;
  what: string;
  ticketTypeId?: string;
  quotaId?: string;
  /** Terms as the sale knows them; null where something was made, or where a repeat no longer knows. */
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>>;
};

/**
 * Records what a lane command of a member did, once for each command: the rows of a sale and those of an organization share
 * no transaction (decision 17).
 */
export async function recordChange({ organizations }: OrganizerContext, member: Member, change: Change): Promise<void> {
  const { eventId, idempotencyKey, what, before, after } = change;
  const subject = subjectOf(change);
  const action = {
    what,
    subjectId: eventId,
    before: before && { ...subject, ...recordedTerms(eventId, before) },
    after: { ...subject, ...recordedTerms(eventId, after) },
  };
  await organizations.recordActionOnce(member, action, commandId(eventId, idempotencyKey));
}

function subjectOf({ eventId, ticketTypeId, quotaId }: Change): Record<string, string> {
  return {
    ...(ticketTypeId !== undefined && { ticket_type_id: formatCellId('typ', eventId, ticketTypeId) }),
    ...(quotaId !== undefined && { quota_id: formatCellId('quo', eventId, quotaId) }),
  };
}
