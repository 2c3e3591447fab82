import { Type, type Static } from 'typebox';
import { closed, nullable, OrganizationId, NullableTime, Time, VenueId, ONE_LINE } from './scalars.ts';

const line = Type.String({ minLength: 1, maxLength: 200, pattern: ONE_LINE });

/** ISO 3166-1 alpha-2. */
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2, examples: ['AT'] });
export const Latitude = Type.Number({ minimum: -90, maximum: 90 });
export const Longitude = Type.Number({ minimum: -180, maximum: 180 });
export const AddressLines = Type.Array(line, { maxItems: 4 });
export const PostalCode = Type.String({ maxLength: 20 });

const address = {
  address_lines: Type.Array(Type.String()),
  postal_code: Type.String(),
  country: nullable(Type.String()),
  latitude: nullable(Type.Number()),
  longitude: nullable(Type.Number()),
};

/** The place in the words of an event: a copy, so that a venue's later words change no event. */
export const EventVenue = Type.Object(
  { name: Type.String({ maxLength: 200 }), city: Type.String({ maxLength: 200 }), ...address },
  { title: 'EventVenue' },
);

const addressChanges = {
  address_lines: Type.Optional(AddressLines),
  postal_code: Type.Optional(PostalCode),
  country: Type.Optional(nullable(CountryCode)),
  latitude: Type.Optional(nullable(Latitude)),
  longitude: Type.Optional(nullable(Longitude)),
};

/** A place that is no venue of the organization. */
export const FreePlace = closed({ name: line, city: line, ...addressChanges });

const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA.', examples: ['Europe/Vienna'] });

export const CreateVenueBody = closed({ name: line, city: line, time_zone: TimeZone, ...addressChanges }, { title: 'CreateVenue' });

export const ChangeVenueBody = closed(
  { name: Type.Optional(line), city: Type.Optional(line), time_zone: Type.Optional(TimeZone), ...addressChanges },
  { title: 'ChangeVenue', minProperties: 1 },
);

export const Venue = Type.Object(
  {
    id: VenueId,
    name: Type.String(),
    city: Type.String(),
    ...address,
    time_zone: Type.String(),
    created_at: Time,
    archived_at: NullableTime,
  },
  { title: 'Venue' },
);
export const VenueList = Type.Object({ data: Type.Array(Venue) }, { title: 'VenueList' });

export const VenuePath = closed({ id: OrganizationId, venue_id: VenueId });
export const ListVenuesQuery = closed({ archived: Type.Optional(Type.Boolean({ description: 'Lists archived venues, too.' })) });

export type EventVenue = Static<typeof EventVenue>;
export type CreateVenueBody = Static<typeof CreateVenueBody>;
export type ChangeVenueBody = Static<typeof ChangeVenueBody>;
export type Venue = Static<typeof Venue>;
