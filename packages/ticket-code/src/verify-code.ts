import { parseCode, signedBytes, type TicketCode } from './code-format.ts';
import { webEd25519, type Ed25519 } from './ed25519.ts';
import { eventIdOf } from './public-ids.ts';

/** A key of an event as its organizer publishes it: 32 bytes. A revoked one vouches for nothing any more. */
export type PublicKey = { keyNo: number; publicKey: Uint8Array<ArrayBuffer>; isRevoked: boolean };

/** The keys of one event, ready to verify with. */
export type EventKeys = { readonly eventId: string; readonly keys: ReadonlyMap<number, OpenKey> };
type OpenKey = { isRevoked: boolean; verify(...of: [signature: Bytes, signed: Bytes]): boolean | Promise<boolean> };
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * - `genuine`: signed for this event. Whether the ticket is still good, or was used, only the event's list can tell.
 * - `malformed`: no code of a ticket; `other_event`: one, but of another event.
 * - `unknown_key`: of no key that is known here; `revoked_key`: of a key that was given up.
 * - `altered`: the signature is not of what the code says.
 */
export type Verdict =
  | { kind: 'genuine'; ticket: TicketCode }
  | { kind: 'malformed' }
  | { kind: 'other_event' | 'unknown_key' | 'revoked_key' | 'altered'; ticket: TicketCode };

/** Reads the keys of an event (`evt_…`) once, for all codes to come. Rejects for bytes that are no key. */
export async function openKeys(eventId: string, publicKeys: readonly PublicKey[]): Promise<EventKeys> {
  return openKeysBy(webEd25519, eventId, publicKeys);
}

/** The same where another than WebCrypto verifies. */
export async function openKeysBy<Key>(ed25519: Ed25519<Key>, eventId: string, publicKeys: readonly PublicKey[]): Promise<EventKeys> {
  const keys = new Map<number, OpenKey>();
  for (const { keyNo, publicKey, isRevoked } of publicKeys) {
    const key = await ed25519.openKey(publicKey);
    keys.set(keyNo, { isRevoked, verify: (signature, signed) => ed25519.verify(key, signature, signed) });
  }
  return { eventId, keys };
}

/** Whether a code was signed with one of the event's keys. Asks nobody: keys are all it needs. */
export async function verifyCode({ eventId, keys }: EventKeys, code: string): Promise<Verdict> {
  const parsed = parseCode(code);
  if (parsed === null) return { kind: 'malformed' };
  const { ticket, signature } = parsed;
  if (eventIdOf(ticket) !== eventId) return { kind: 'other_event', ticket };
  const known = keys.get(ticket.keyNo);
  if (!known) return { kind: 'unknown_key', ticket };
  if (known.isRevoked) return { kind: 'revoked_key', ticket };
  const isGenuine = await known.verify(signature, signedBytes(ticket));
  return { kind: isGenuine ? 'genuine' : 'altered', ticket };
}
