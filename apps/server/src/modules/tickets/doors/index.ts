import type { Db } from '../../../platform/db/index.ts';
import type { HttpServer } from '../../../platform/http/index.ts';
import { Lanes, type LaneSettings } from '../../../platform/lane/index.ts';
import type { LaneTelemetry, Log } from '../../../platform/telemetry/index.ts';
import type { Organizations } from '../../organizations/index.ts';
import { buildHeads, parseFactNumbers, readFactNumbers, readSale, type Sales } from '../../sales/index.ts';
import type { DoorCommand } from './commands.ts';
import type { Doors, RequireOwnEvent } from './context.ts';
import { DOOR_PURPOSE } from './lane/door-purpose.ts';
import { doorRoutes } from './routes/index.ts';
import type { DoorOutcome } from './outcomes.ts';
import { buildWhoNames, type ReadPeople } from './who-names.ts';

export type DoorLanes = Doors['lanes'];

export type DoorLanesOptions = {
  db: Db;
  /** A direct URL of PostgreSQL: a lane keeps settings and prepared statements on its connections. */
  laneUrl: string;
  settings: LaneSettings;
  telemetry: LaneTelemetry;
  log: Log;
};

/** The lanes in which doors let people in, beside the sale's and under the same locks. */
export function openDoorLanes({ db, laneUrl, settings, telemetry, log }: DoorLanesOptions): DoorLanes {
  return new Lanes<DoorCommand, DoorOutcome>({ purpose: DOOR_PURPOSE, heads: buildHeads(db), url: laneUrl, db, settings, telemetry, log });
}

export type DoorsModule = Doors & {
  /** Registers the routes of members at the doors. */
  routes(http: HttpServer, members: { organizations: Organizations; requireOwnEvent: RequireOwnEvent }): void;
};

export type DoorsOptions = Pick<Doors, 'db' | 'clock' | 'lanes' | 'readNames'> & { sales: Sales; readPeople: ReadPeople };

/** The doors of every event: who is let in. */
export function buildDoors({ db, clock, sales, lanes, readNames, readPeople }: DoorsOptions): DoorsModule {
  const readFactSeq = async (eventId: string) => {
    const { statement } = readFactNumbers(eventId);
    const rows = await db.queryRows(statement.text, [eventId]);
    return parseFactNumbers({ tag: '', rows })?.seq ?? 0;
  };
  const doors: Doors = { db, clock, lanes, readFactSeq, readNames, whoNames: buildWhoNames(readPeople) };
  const typesOf = async (eventId: string) => (await readSale(sales, eventId))?.ticketTypes ?? [];
  return {
    ...doors,
    routes: (http, { organizations, requireOwnEvent }) =>
      doorRoutes(http, {
        ...{ doors, organizations, requireOwnEvent },
        typesOf: async (eventId) => new Set((await typesOf(eventId)).map((type) => type.id)),
        soldOf: async (eventId) => new Map((await typesOf(eventId)).map((type) => [type.id, type.sold])),
      }),
  };
}
