import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { parseId } from '../../../../apps/server/src/platform/ids/index.ts';
import type { Intent } from '../../../../apps/server/src/engines/payments/index.ts';
import type { StoryName } from './points.ts';
import { readBooks, type BookedMoney, type Books } from './read-books.ts';
import type { Told } from './story.ts';

const SETTLED_WITHIN_MS = 90_000;

/**
 * Ends when nobody has anything left to do. What a dead server had begun is left to it for a minute; that minute is made to pass at
 * once here, as often as one begins, so that asking the provider twice for the same is tried as well.
 */
export async function untilSettled({ stage, story, event }: Told): Promise<void> {
  const eventId = parseId('evt', event.id) ?? '';
  const endMs = performance.now() + SETTLED_WITHIN_MS;
  for (let last = ''; ; ) {
    const books = await readBooks(stage, eventId).catch((error: unknown) => String(error));
    if (typeof books !== 'string' && books.openOwed === 0 && books.pending === 0 && isOver(story, books)) return;
    last = JSON.stringify(books);
    assert.ok(performance.now() < endMs, `it does not settle: ${last}`);
    await stage.db
      .query(
        `update payments.owed set next_try_at = statement_timestamp()
         where event_id = $1 and done_at is null and failed_at is null and next_try_at > statement_timestamp() + interval '1 second'`,
        [eventId],
      )
      .catch(() => {});
    await pause(100);
  }
}

function isOver(story: StoryName, { bookings, intents }: Books): boolean {
  return bookings.every(
    (booking, index) => agree(booking, intents[index] ?? null) && (story !== 'disputed' || booking.state === 'cancelled'),
  );
}

/** What a bank has taken back for good counts as refunded here, and not at the provider. */
function agree({ paidMinor, refundedMinor, disputedMinor }: BookedMoney, intent: Intent | null): boolean {
  if (intent === null) return paidMinor === 0;
  const { state, receivedMinor, refundedMinor: theirs } = intent;
  const isSame = receivedMinor === paidMinor && intent.disputedMinor === disputedMinor;
  return state !== 'processing' && isSame && (disputedMinor > 0 || theirs === refundedMinor);
}
