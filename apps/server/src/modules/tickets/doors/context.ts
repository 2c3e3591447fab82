import type { FastifyRequest } from 'fastify';
import type { Db } from '../../../platform/db/index.ts';
import type { Lanes } from '../../../platform/lane/index.ts';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Member } from '../../organizations/index.ts';
import type { DoorCommand } from './commands.ts';
import type { CheckIn } from './decide/state.ts';
import type { DoorOutcome } from './outcomes.ts';
import type { WhoNames } from './who-names.ts';

/** A ticket, as far as its name is found by it: what holders said is sealed under their keys. */
export type NamedTicket = { bookingId: string; number: number; buyerKey: string };

/** What the use cases of doors stand on. */
export type Doors = {
  readonly db: Db;
  readonly clock: Clock;
  readonly lanes: Lanes<DoorCommand, DoorOutcome>;
  /** The number of an event's last fact. */
  readFactSeq(eventId: string): Promise<number>;
  /** The names of those who let in before what these scans met. */
  whoNames(checkIns: readonly CheckIn[]): Promise<WhoNames>;
  /** The names on tickets, in their order; null where nobody gave one. They are kept elsewhere. */
  readNames(of: { eventId: string; tickets: readonly NamedTicket[] }): Promise<(string | null)[]>;
};

export type OwnEvent = { member: Member; eventId: string };

/** The event of the path and the member who asks, if the route's permission is theirs. Throws 401s, NOT_FOUND or FORBIDDEN. */
export type RequireOwnEvent = (request: FastifyRequest) => Promise<OwnEvent>;
