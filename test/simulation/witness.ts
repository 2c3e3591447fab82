import assert from 'node:assert/strict';
import { type Command, idOf } from '../../apps/server/src/modules/sales/commands.ts';
import type { Outcome, Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { applyFact } from './apply-fact.ts';
import { type Claim, isAlreadySo, isExecution } from './claim.ts';
import type { Booking } from '../../apps/server/src/modules/sales/decide/state.ts';
import { type Model, type ModelBooking, priceOf } from './model.ts';
import type { BookingMoney } from './notebook.ts';
import { execute } from './execute.ts';
import { objectionsTo } from './objections.ts';
import type { Result } from './operation.ts';
import type { StoredFact } from './read-event.ts';

/**
 * Follows a round through the facts it left, which are numbered in the order in which things happened. Each fact must be
 * the work of a command that was told so, and nothing may have spoken against it at that moment. Every other answer, a
 * refusal, a repeat, a success that found things so already, must have been right at some moment of the round.
 */
export function followRound(model: Model, facts: readonly StoredFact[], results: readonly Result[]): void {
  const claims = results.map(openClaim);
  const executedNow = collectExecuted(model, claims);
  look(model, claims);
  for (const fact of facts) {
    assert.equal(fact.seq, model.factSeq + 1, 'facts are numbered without gaps');
    applyFact(model, fact, claims);
    model.factSeq = fact.seq;
    look(model, claims);
  }
  for (const [id, command] of executedNow) {
    model.executed.set(id, command);
    // Nobody hears of a payment that is made impossible.
    if (command.kind === 'settle-owed' && command.owed.kind === 'void') execute(model, command, 0);
  }
  for (const claim of claims) settle(model, claim);
}

function openClaim(result: Result): Claim {
  const { operation, outcome, error } = result;
  if (error) assert.ok(operation.isPoison && error.name === 'CommandFailed', `${operation.command.kind} failed: ${error.message}`);
  if (operation.isPoison) assert.ok(outcome === null || !('replayed' in outcome), 'poison is never executed');
  const isExplained = error !== null || (outcome?.kind === 'expired' && operation.command.kind === 'expire');
  return { result, outcome, isExplained, isSeen: outcome?.kind !== 'booking' };
}

/** The commands that this round has executed. An id is executed once, whatever was sent under it, and from then on repeated. */
function collectExecuted(model: Model, claims: readonly Claim[]): Map<string, Command & { fingerprint: string }> {
  const executed = new Map<string, Command & { fingerprint: string }>();
  for (const { result, outcome } of claims) {
    const { command } = result.operation;
    const id = idOf(command);
    if (command.kind === 'expire' || id === null || !isExecution(outcome)) continue;
    assert.ok(!executed.has(id) && !model.executed.has(id), `${command.kind} ${id} is executed once`);
    executed.set(id, command);
  }
  return executed;
}

/** Explains what the present moment explains. */
function look(model: Model, claims: readonly Claim[]): void {
  for (const claim of claims) {
    if (!claim.isSeen) claim.isSeen = standsLike(model, claim.outcome);
    if (!claim.isExplained) claim.isExplained = isRightNow(model, claim);
  }
}

function standsLike(model: Model, outcome: Outcome | null): boolean {
  if (outcome?.kind !== 'booking') return false;
  const { id, state, expiresAtMs, extended, lines, buyerKey } = outcome.booking;
  const booking = model.bookings.get(id);
  if (booking?.state !== state || booking.expiresAtMs !== expiresAtMs || booking.extended !== extended) return false;
  if (!hasMoneyOf(booking, outcome.booking)) return false;
  const described = (of: typeof lines): string => of.map((line) => `${line.ticketTypeId} ${line.quantity} ${line.unitPriceMinor}`).join();
  return booking.buyerKey === buyerKey && described(booking.lines) === described(lines);
}

/** Whether what was answered of a booking's money, and of its tickets that came back, is what the notebook says. */
function hasMoneyOf(booking: ModelBooking, told: Booking): boolean {
  const money = ({ paymentRef, tender, paidMinor, refundedMinor, refundedExtraMinor, disputedMinor, dispute, returned }: BookingMoney) =>
    JSON.stringify([paymentRef, tender, paidMinor, refundedMinor, refundedExtraMinor, disputedMinor, dispute, returned]);
  return money(booking) === money(told) && told.totalMinor === priceOf(booking);
}

/** Whether the answer is right at this moment without changing anything. */
function isRightNow(model: Model, { result, outcome }: Claim): boolean {
  if (outcome === null || outcome.kind === 'expired') return false;
  const { command } = result.operation;
  if (!('replayed' in outcome)) {
    // What was executed in an earlier round is repeated, or its id is used; nothing else may be answered any more.
    if (outcome.kind !== 'unknown_booking' && outcome.kind !== 'key_reused' && model.executed.has(idOf(command) ?? '')) return false;
    return objectionsTo(model, command).some((objection) => isSame(objection, outcome));
  }
  if (command.kind === 'place') return outcome.replayed && model.bookings.get(command.bookingId)?.fingerprint === command.fingerprint;
  return !outcome.replayed && isAlreadySo(model, command) && objectionsTo(model, command).length === 0;
}

/** The same refusal, but for what depends on the moment and for words. */
function isSame(objection: Refusal, refusal: Refusal): boolean {
  const essence = (of: Refusal): string =>
    JSON.stringify({ ...of, opensInMs: 0, detail: '' }, Object.keys({ ...of, opensInMs: 0, detail: '' }).sort());
  return essence(objection) === essence(refusal);
}

/** At the end of the round: repeats and used ids are explained by what was executed, now or before. */
function settle(model: Model, claim: Claim): void {
  const { result, outcome } = claim;
  const { command } = result.operation;
  const id = idOf(command);
  if (!claim.isExplained && outcome !== null && id !== null && command.kind !== 'place')
    claim.isExplained = isAboutExecuted(model, command, outcome);
  const told = JSON.stringify({ command, outcome });
  assert.ok(claim.isExplained, `this answer was right at no moment of its round: ${told}`);
  assert.ok(claim.isSeen, `the booking stood like this at no moment of the round: ${told}`);
}

function isAboutExecuted(model: Model, command: Command, outcome: Outcome): boolean {
  const executed = model.executed.get(idOf(command) ?? '');
  if (!executed || command.kind === 'expire') return false;
  const isRepeat = executed.kind === command.kind && executed.fingerprint === command.fingerprint;
  return isRepeat ? 'replayed' in outcome && outcome.replayed : outcome.kind === 'key_reused';
}
