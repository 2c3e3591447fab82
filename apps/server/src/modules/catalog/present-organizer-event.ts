import type { ChangedEvent, OrganizerEvent } from '@tessera/contract';
import { formatCellId } from '../../platform/ids/index.ts';
import type { SaleView } from '../sales/index.ts';
import { presentEventSummary } from './present-event.ts';
import { presentWordsOfPage } from './present-words.ts';
import type { EventView } from './read-event.ts';
import { wordsAsJson } from './words-as-json.ts';

const NO_TEXTS = { terms: null, refundPolicy: null };
const WAS_CANCELLED: readonly string[] = ['cancelled', 'archived'];

/** An event as its organizer sees it: its own words, and nothing that its organizer's profile adds. */
export function presentOrganizerEvent({ eventId, organization, sale, record, moves }: EventView): OrganizerEvent {
  const { words, version } = record;
  return {
    ...presentEventSummary({ words: { eventId, ...words }, organization, sale }),
    ...wordsAsJson(words),
    ...presentWordsOfPage({ ...words, moves, isCancelled: WAS_CANCELLED.includes(sale.terms.state) }, NO_TEXTS),
    version,
  };
}

/** The same after a change; a move says who is concerned by it. */
export function presentChangedEvent(event: EventView, { isMoved }: { isMoved: boolean }): ChangedEvent {
  return { ...presentOrganizerEvent(event), consequences: isMoved ? consequencesOf(event.sale) : null };
}

function consequencesOf({ eventId, terms, ticketTypes }: SaleView): NonNullable<ChangedEvent['consequences']> {
  const concerned = ticketTypes.filter(({ held, sold }) => held + sold > 0);
  const sum = (of: 'held' | 'sold') => concerned.reduce((total, type) => total + type[of], 0);
  return {
    state: terms.state,
    tickets_held: sum('held'),
    tickets_sold: sum('sold'),
    ticket_types: concerned.map(({ id, held, sold }) => ({ ticket_type_id: formatCellId('typ', eventId, id), held, sold })),
  };
}
