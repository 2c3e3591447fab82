import type { LightMyRequestResponse } from 'fastify';
import type { HttpServer } from '../../../apps/server/src/platform/http/index.ts';
import type { Stage, TypeName } from './stage.ts';

export type Send = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
  to?: HttpServer;
};
export type PlaceOptions = { type?: TypeName; quantity?: number; key?: string; confirm?: boolean; to?: HttpServer };

/** A buyer with a session of their own. */
export type Buyer = {
  token: string;
  send(request: Send): Promise<LightMyRequestResponse>;
  place(options?: PlaceOptions): Promise<LightMyRequestResponse>;
  /** The id of a booking just placed. */
  placed(options?: PlaceOptions): Promise<string>;
  act(bookingId: string, action: string, options?: { key?: string; body?: unknown; to?: HttpServer }): Promise<LightMyRequestResponse>;
};

let keys = 0;

/** A key that no request has used. */
export function freshKey(): string {
  keys += 1;
  return `key-${keys}`;
}

export async function newBuyer(stage: Stage): Promise<Buyer> {
  const session = await stage.real.inject({ method: 'POST', url: '/api/v1/buyer-sessions' });
  const token = session.json<{ token: string }>().token;
  const buyer: Buyer = {
    token,
    send: ({ method, url, body, key, headers = {}, to = stage.real }) =>
      to.inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }), ...headers },
        ...(body !== undefined && { payload: body as object }),
      }),
    place: ({ type = 'free', quantity = 1, key = freshKey(), confirm = false, to = stage.real } = {}) => {
      const lines = [{ ticket_type_id: stage.types[type], quantity }];
      return buyer.send({ method: 'POST', url: '/api/v1/bookings', body: { event_id: stage.eventId, lines, confirm }, key, to });
    },
    placed: async (options) => (await buyer.place(options)).json<{ id: string }>().id,
    act: (bookingId, action, { key = freshKey(), body, to = stage.real } = {}) =>
      buyer.send({ method: 'POST', url: `/api/v1/bookings/${bookingId}/${action}`, key, to, ...(body !== undefined && { body }) }),
  };
  return buyer;
}
