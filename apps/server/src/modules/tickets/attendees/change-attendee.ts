import { formatTicketId, type TicketKey } from '../../../platform/ids/index.ts';
import { keepEvent } from '../../catalog/index.ts';
import type { Member } from '../../organizations/index.ts';
import { NOTHING_SAID, sealSaid, unsealSaid } from './attendee-vault.ts';
import type { OrganizerAttendees } from './context.ts';
import { lockAttendees, readAttendees, upsertAttendees } from './queries/attendees.ts';
import { readListedTicket } from './queries/attendee-list.ts';

/**
 * Puts another name on a ticket, for who sits at the box office. It is sealed under the holder's key, as if the holder had said
 * it. False if there is no such ticket, or if it was given back.
 */
export async function changeAttendeeName(
  { attendees, organizations }: OrganizerAttendees,
  { ticket, member }: { ticket: TicketKey; member: Member },
  name: string | null,
): Promise<boolean> {
  const { db, clock, personalKeys } = attendees;
  const found = await readListedTicket(db, ticket);
  if (!found) return false;
  const { buyerKey } = found;
  const key = await personalKeys.ensure(buyerKey);
  const place = { ...ticket, buyerKey };
  return db.transaction(async (tx) => {
    if (!(await keepEvent(tx, ticket.eventId))) return false;
    await lockAttendees(tx, ticket);
    const row = (await readAttendees(tx, ticket)).find((one) => one.number === ticket.number && one.buyerKey === buyerKey);
    const before = row ? unsealSaid(key, place, row) : NOTHING_SAID;
    if (before.name === name) return true;
    const rows = [{ number: ticket.number, buyerKey, ...sealSaid(key, place, { ...before, name }) }];
    await upsertAttendees(tx, { ...ticket, rows, changedAt: new Date(clock.nowMs()) });
    // Whose name it was and is stays between the ticket and its holder.
    const after = { ticket_id: formatTicketId(ticket) };
    await organizations.recordAction(tx, member, { what: 'attendee.changed', subjectId: ticket.eventId, before: null, after });
    return true;
  });
}
