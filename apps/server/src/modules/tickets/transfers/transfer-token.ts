import { randomBytes } from 'node:crypto';
import { formatTicketId, parseTicketId, type TicketKey } from '../../../platform/ids/index.ts';

const PREFIX = 'tft';
const ID_CHARS = 'tkt_'.length + 26 + 26 + 3;
const SECRET_BYTES = 24;
const SECRET = /^_[A-Za-z0-9_-]{32}$/;

/** What hands a ticket over: `tft_`, the ticket as in its id, and 192 random bits. It finds its event by itself. */
export function newTransferToken(key: TicketKey): string {
  return `${PREFIX}${formatTicketId(key).slice(PREFIX.length)}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** The ticket that a token is about; null for what is no such token. */
export function ticketOfToken(token: string): TicketKey | null {
  if (!token.startsWith(`${PREFIX}_`) || !SECRET.test(token.slice(ID_CHARS))) return null;
  return parseTicketId(`tkt${token.slice(PREFIX.length, ID_CHARS)}`);
}
