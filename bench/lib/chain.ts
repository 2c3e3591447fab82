import type { Answer, AskClient } from './ask-client.ts';

/** What a buyer needs to get from nothing to a ticket: a connection to Tessera, one to the provider, and who they are. */
export type ChainBuyer = { tessera: AskClient; provider: AskClient; token: string; key: string; body: string };

export type ChainEnd = {
  /** From the first byte of the hold to the tickets in hand. */
  tookMs: number;
  /** How often the tickets were asked for. */
  asks: number;
};

/** A card of the sandbox that pays at once. */
const CARD = '4242424242424242';
/** Asking, a page lets the server wait for the tickets. */
const WAIT_SECONDS = 5;
/** Longer than a notification takes by far; whoever has no ticket then does not know. */
const PATIENCE_MS = 10_000;

/** Why a chain did not end as it should; `isUnknown` if the buyer has paid and was told nothing. */
export class ChainBroken extends Error {
  readonly isUnknown: boolean;

  constructor(step: string, { status, body }: Answer, isUnknown = false) {
    super(`${step}: ${status} ${body.slice(0, 300)}`);
    this.isUnknown = isUnknown;
  }
}

/** Hold, payment, paid at the provider, tickets read: as a buyer's browser asks for them. Throws ChainBroken. */
export async function runChain({ tessera, provider, token, key, body }: ChainBuyer): Promise<ChainEnd> {
  const beganMs = performance.now();
  const auth = `Authorization: Bearer ${token}`;
  const held = await tessera.ask(`POST /api/v1/bookings HTTP/1.1\r\n${auth}\r\nIdempotency-Key: ${key}`, body);
  if (held.status !== 201) throw new ChainBroken('hold', held);
  const { id } = JSON.parse(held.body) as { id: string };
  const begun = await tessera.ask(`POST /api/v1/bookings/${id}/payment HTTP/1.1\r\n${auth}\r\nIdempotency-Key: p${key}`, '{}');
  if (begun.status !== 200 && begun.status !== 201) throw new ChainBroken('payment', begun);
  const { intent } = JSON.parse(begun.body) as { intent: { ref: string; client_secret: string } };
  const card = JSON.stringify({ client_secret: intent.client_secret, card: CARD, holder_name: 'A. Buyer' });
  const paid = await provider.ask(`POST /v1/intents/${intent.ref}/pay HTTP/1.1`, card);
  if (paid.status !== 200) throw new ChainBroken('pay', paid);
  for (let asks = 1; ; asks += 1) {
    const read = await tessera.ask(`GET /api/v1/bookings/${id}/tickets?wait_seconds=${WAIT_SECONDS} HTTP/1.1\r\n${auth}`);
    if (read.status !== 200) throw new ChainBroken('tickets', read, true);
    if (hasTicket(read.body)) return { tookMs: performance.now() - beganMs, asks };
    if (performance.now() - beganMs > PATIENCE_MS) throw new ChainBroken('tickets', read, true);
  }
}

function hasTicket(body: string): boolean {
  const { data } = JSON.parse(body) as { data: { code: string | null }[] };
  return data.length > 0 && data.every((ticket) => typeof ticket.code === 'string');
}
