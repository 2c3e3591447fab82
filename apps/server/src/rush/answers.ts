import type { Booking } from '@tessera/contract';
import type { Known } from './ask.ts';
import { isRecord } from './is-record.ts';

/** The booking in a successful answer, or null. */
export function bookingIn({ status, body }: Pick<Known, 'status' | 'body'>): Booking | null {
  const isBooking = (status === 200 || status === 201) && isRecord(body) && typeof body['id'] === 'string' && Array.isArray(body['lines']);
  return isBooking ? (body as Booking) : null;
}

/** The booking in a successful answer about its payment, or null. */
export function bookingOfPayment({ status, body }: Known): Booking | null {
  return status === 200 && isRecord(body) ? bookingIn({ status, body: body['booking'] }) : null;
}

/** What a refusal says about itself. */
export type Refused = { code: string; state: string | null };

export function refusalIn({ status, body }: Known): Refused {
  const fields = isRecord(body) ? body : {};
  const { code, state } = fields;
  return {
    code: typeof code === 'string' ? code : `HTTP ${status}`,
    state: typeof state === 'string' ? state : null,
  };
}
