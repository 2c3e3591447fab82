import { uuidFromText } from '../../platform/ids/index.ts';
import type { Actor } from './commands.ts';

/**
 * The id under which a command is executed once, for ever. Each buyer has a space of keys in an event, and the
 * organizer's side has one: a key used for one command is a key reused for any other.
 */
export function commandIdOf(eventId: string, actor: Actor, idempotencyKey: string): string {
  const actorName = actor.kind === 'buyer' ? actor.buyerKey : 'organizer';
  return uuidFromText(`command\n${eventId}\n${actorName}\n${idempotencyKey}`);
}
