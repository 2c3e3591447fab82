import { Type, type Static } from 'typebox';
import { SaleState } from './catalog.ts';
import { closed, Currency, EventId } from './scalars.ts';

const Change = Type.Enum(['cancel', 'move']);
const Bookings = Type.Object({ held: Type.Integer(), confirmed: Type.Integer() });

export const ConsequencesQuery = closed({ of: Type.Optional({ ...Change, default: 'cancel', description: 'What is thought of.' }) });

/** What follows if an event is cancelled or moved, before anybody does it. */
export const Consequences = Type.Object(
  {
    event_id: EventId,
    of: Change,
    state: SaleState,
    bookings: Bookings,
    tickets: Bookings,
    taken: Type.Array(Type.Object({ currency: Currency, total_minor: Type.Integer() }), {
      description: 'What confirmed bookings cost together, in each currency.',
    }),
    bookings_become: Type.String({ description: 'What becomes of what is held and confirmed.' }),
    told: Type.Array(Type.String(), { description: 'What buyers are told, and where.' }),
    refunds: Type.String(),
  },
  {
    title: 'Consequences',
    description: 'The numbers are added up while tickets are perhaps being sold: they are of the time it takes to read them.',
  },
);

export type Consequences = Static<typeof Consequences>;
