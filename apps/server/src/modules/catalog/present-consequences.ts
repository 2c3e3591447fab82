import type { Consequences } from '@tessera/contract';
import { formatId } from '../../platform/ids/index.ts';
import type { BookingSums, SaleView } from '../sales/index.ts';

const TEXTS = {
  cancel: {
    bookings_become:
      'Nothing more is sold. What is held can no longer be confirmed, and expires. Confirmed bookings stay confirmed until each of them is cancelled.',
    told: [
      'The page of the event says that it is cancelled, with the reason that you give.',
      'Nobody is written to: mails to buyers come with notifications.',
    ],
  },
  move: {
    bookings_become: 'All bookings stay as they are, for the new date and place. The sale ends when the event does.',
    told: [
      'The page of the event says from when and where it was moved, with the reason that you give.',
      'Nobody is written to: mails to buyers come with notifications.',
    ],
  },
} as const;

/** What follows from cancelling or moving an event, said as things are today. */
export function presentConsequences(of: 'cancel' | 'move', { eventId, terms }: SaleView, { held, confirmed }: BookingSums): Consequences {
  const { bookings_become, told } = TEXTS[of];
  return {
    event_id: formatId('evt', eventId),
    of,
    state: terms.state,
    bookings: { held: held.bookings, confirmed: confirmed.bookings },
    tickets: { held: held.tickets, confirmed: confirmed.tickets },
    taken: [...confirmed.totals].map(([currency, total]) => ({ currency, total_minor: total })),
    bookings_become,
    told: [...told],
    refunds:
      'Nobody’s money goes back by itself: begin a refund run (…/refund-runs), which gives everything back or lets each buyer choose.',
  };
}
