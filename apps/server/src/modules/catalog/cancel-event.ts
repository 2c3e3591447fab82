import { canBecome, readSale } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { changeSale, type ChangeSale } from './change-sale.ts';
import { lockEventRecord } from './queries/events.ts';
import { updateEventWords } from './queries/event-words.ts';

export type CancelEvent = ChangeSale & { reason: string };

/**
 * Cancels an event and says why. The reason is written before the lane, so that no crash leaves an event that everybody sees as
 * cancelled without the reason that was given; nobody is shown it while the event is not cancelled. Where it was cancelled before,
 * the lane comes first: it tells a new request from a repeat, which must not bring back an old reason.
 */
export async function cancelEvent(catalog: Catalog, { reason, ...request }: CancelEvent): Promise<ConfiguredOutcome | Refusal> {
  const { eventId } = request;
  const state = (await readSale(catalog.sales, eventId))?.terms.state ?? null;
  const isFirst = state !== null && state !== 'cancelled' && canBecome(state, 'cancelled');
  if (isFirst) await giveReason(catalog, eventId, reason);
  const outcome = await changeSale(catalog, { ...request, reason });
  if (!isFirst && outcome.kind === 'configured' && !outcome.replayed) await giveReason(catalog, eventId, reason);
  return outcome;
}

async function giveReason({ db }: Catalog, eventId: string, cancellationReason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockEventRecord(tx, eventId);
    if (!record || record.words.cancellationReason === cancellationReason) return;
    await updateEventWords(tx, eventId, { ...record.words, cancellationReason });
  });
}
