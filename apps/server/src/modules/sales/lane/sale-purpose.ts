import type { BatchDecision, BatchRead, LanePurpose } from '../../../platform/lane/index.ts';
import { idOf, type Command } from '../commands.ts';
import { isEmpty } from '../decide/changes.ts';
import { decide } from '../decide/decide.ts';
import type { Outcome } from '../outcomes.ts';
import type { LanePart } from './lane-part.ts';
import { readState, type StateRead } from './read-state.ts';
import { writeChanges } from './write-changes.ts';

/**
 * What is never refused for the length of a queue still has an end, so that an outage of hours does not end in a crash: a
 * buyer's release or cancellation beyond it is refused. What the organizer's side says, payments above all, never is.
 */
const URGENT_MAX = 100_000;

/**
 * Selling: what begins or prolongs a hold may be dropped, what moves money or gives stock back never is, and every batch
 * expires what is due. `parts` is what other modules write in its transactions.
 */
export function buildSalePurpose(parts: readonly LanePart[]): LanePurpose<Command, Outcome> {
  return { ...SALE, read: (eventId, commands) => readBatch(eventId, commands, parts) };
}

const SALE: Omit<LanePurpose<Command, Outcome>, 'read'> = {
  own: { kind: 'expire', everything: false },
  isOwn: (command) => command.kind === 'expire',
  isDroppable: (command) => command.kind === 'place' || command.kind === 'extend' || command.kind === 'await-payment',
  isBounded: (command) => 'actor' in command && command.actor.kind === 'buyer',
  urgentMax: URGENT_MAX,
  joinKeyOf: (command) => (command.kind === 'expire' ? null : `${command.kind} ${idOf(command)} ${command.fingerprint}`),
  unknownEvent: (command) => (command.kind === 'expire' ? { kind: 'expired', count: 0, more: false } : { kind: 'unknown_event' }),
  asRepeat: (outcome) => ('replayed' in outcome ? { ...outcome, replayed: true } : outcome),
};

function readBatch(eventId: string, commands: readonly Command[], parts: readonly LanePart[]): BatchRead<Outcome> {
  const { calls, parse } = readState(eventId, commands);
  return { calls, decide: (results) => decideBatch(commands, parts, parse(results)) };
}

type Parsed = ReturnType<StateRead['parse']>;

function decideBatch(commands: readonly Command[], parts: readonly LanePart[], parsed: Parsed): BatchDecision<Outcome> | null {
  if (!parsed) return null;
  const { state, nowMs } = parsed;
  const { outcomes, changes } = decide(state, commands, nowMs);
  return { outcomes, calls: isEmpty(changes) ? null : writeChanges(state, changes, nowMs, parts) };
}
