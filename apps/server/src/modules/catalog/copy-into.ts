import type { Pricing, Refusal, TicketTypeTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import type { CopiedQuota, CopiedType, CopyPlan } from './copy-plan.ts';
import { copyQuestions } from './copy-questions.ts';
import { changeSale } from './change-sale.ts';
import { createQuota } from './create-quota.ts';
import { createTicketType } from './create-ticket-type.ts';

/** The lane makes one batch of them; many more would take the pool's connections from everybody else. */
const COPIES_AT_ONCE = 10;

/**
 * Makes what a plan says in an event, each thing once: its key is the id of what it copies. An Idempotency-Key of a request has
 * no line break, so that no organizer ever uses one of these. Answers the first refusal, or null.
 */
export async function copyInto(catalog: Catalog, eventId: string, plan: CopyPlan): Promise<Refusal | null> {
  const { ticketTypes, quotas, questions, pricing } = plan;
  const copies = new Map<string, string>();
  // An add-on names the tickets it goes with.
  const [tickets, addOns] = [ticketTypes.filter((type) => !type.terms.addOn), ticketTypes.filter((type) => type.terms.addOn)];
  const refusal =
    (await eachInTurns(tickets, copyType)) ??
    (await eachInTurns(addOns, copyType)) ??
    (await eachInTurns(quotas, copyQuota)) ??
    (pricing && (await copyPricing(pricing)));
  if (!refusal) await copyQuestions(catalog, eventId, { questions, copies });
  return refusal;

  async function copyType({ id, words, capacity, terms }: CopiedType): Promise<Refusal | null> {
    const outcome = await createTicketType(catalog, { eventId, words, capacity, terms: copyTerms(terms), idempotencyKey: keyOf(id) });
    if (outcome.kind !== 'created') return outcome;
    copies.set(id, outcome.ticketTypeId);
    return null;
  }

  function copyTerms(terms: TicketTypeTerms): TicketTypeTerms {
    return { ...terms, addOn: terms.addOn && { ...terms.addOn, to: copiesOf(terms.addOn.to) } };
  }

  function copiesOf(originals: readonly string[] | null): string[] | null {
    return originals?.flatMap((id) => copies.get(id) ?? []) ?? null;
  }

  async function copyPricing({ rounding, fees, taxes }: Pricing): Promise<Refusal | null> {
    const copied = <Of extends { ticketTypeIds: readonly string[] | null }>(of: Of) => ({
      ...of,
      ticketTypeIds: copiesOf(of.ticketTypeIds),
    });
    const changes = { pricing: { rounding, fees: fees.map(copied), taxes: taxes.map(copied) } };
    const outcome = await changeSale(catalog, { eventId, changes, idempotencyKey: keyOf('pricing') });
    return outcome.kind === 'configured' ? null : outcome;
  }

  async function copyQuota({ id, name, capacity, ticketTypeIds }: CopiedQuota): Promise<Refusal | null> {
    const members = ticketTypeIds.flatMap((member) => copies.get(member) ?? []);
    const outcome = await createQuota(catalog, { eventId, name, capacity, ticketTypeIds: members, idempotencyKey: keyOf(id) });
    return outcome.kind === 'created' ? null : outcome;
  }
}

function keyOf(originalId: string): string {
  return `copy\n${originalId}`;
}

async function eachInTurns<Thing>(things: readonly Thing[], copy: (thing: Thing) => Promise<Refusal | null>): Promise<Refusal | null> {
  for (let begin = 0; begin < things.length; begin += COPIES_AT_ONCE) {
    const outcomes = await Promise.all(things.slice(begin, begin + COPIES_AT_ONCE).map(copy));
    const refusal = outcomes.find((outcome) => outcome !== null);
    if (refusal) return refusal;
  }
  return null;
}
