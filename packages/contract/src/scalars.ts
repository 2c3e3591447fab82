import { Type, type Static, type TObject, type TProperties, type TSchema, type TSchemaOptions } from 'typebox';

/** The object of a request: a field that is not named here is refused. */
export function closed<Properties extends TProperties>(properties: Properties, options: TSchemaOptions = {}): TObject<Properties> {
  return Type.Object(properties, { ...options, additionalProperties: false });
}

export function nullable<Of extends TSchema>(of: Of): ReturnType<typeof Type.Union<[Of, ReturnType<typeof Type.Null>]>> {
  return Type.Union([of, Type.Null()]);
}

/** Public ids are opaque; their prefix says what they name. */
const EVENT_ID_CHARS = 4 + 26;
const CELL_ID_CHARS = 4 + 52;

export const EventId = Type.String({ minLength: 4, maxLength: EVENT_ID_CHARS, examples: ['evt_01kjw8x9v3e8aa7m2zq5r4t6yb'] });
export const OrganizationId = Type.String({ minLength: 4, maxLength: EVENT_ID_CHARS });
export const VenueId = Type.String({ minLength: 4, maxLength: EVENT_ID_CHARS });
export const QuestionId = Type.String({ minLength: 4, maxLength: CELL_ID_CHARS });
export const TicketTypeId = Type.String({ minLength: 4, maxLength: CELL_ID_CHARS });
export const QuotaId = Type.String({ minLength: 4, maxLength: CELL_ID_CHARS });
export const BookingId = Type.String({ minLength: 4, maxLength: CELL_ID_CHARS });

/** A time in UTC (RFC 3339), to the millisecond. */
export const Time = Type.String({ format: 'date-time', maxLength: 40 });
export const NullableTime = Type.Union([Time, Type.Null()]);

export const AMOUNT_MINOR_MAX = 100_000_000_000;

/** Money in the currency's smallest unit. */
export const AmountMinor = Type.Integer({ minimum: 0, maximum: AMOUNT_MINOR_MAX });

/**
 * A name or a title: something to be seen, and no control characters, which mail and logs would take for more than text. What is
 * to be seen is no space and no control character: most of these are no spaces either.
 */
export const ONE_LINE = '^[^\\p{Cc}]*[^\\s\\p{Cc}][^\\p{Cc}]*$';

/** ISO 4217. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', maxLength: 3 });

export const CAPACITY_MAX = 100_000_000;
export const Capacity = Type.Integer({ minimum: 0, maximum: CAPACITY_MAX });

/** As `closed`, for a request whose body may also be left out. */
export function closedOrNothing<Properties extends TProperties>(properties: Properties, options: TSchemaOptions = {}) {
  const object = closed(properties, options);
  return Type.Unsafe<Static<typeof object> | null>({ ...object, type: ['object', 'null'] });
}

/** The body of a request that says everything by its path. */
export const EmptyBody = closedOrNothing({});
