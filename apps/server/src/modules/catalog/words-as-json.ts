import { formatId } from '../../platform/ids/index.ts';
import { presentWords } from './present-words.ts';
import type { FullWords } from './words.ts';

/** All words of an event as its organizer sees them: for comparing, and for the record of actions. */
export function wordsAsJson(words: FullWords) {
  return {
    ...presentWords(words),
    description: words.description,
    venue_id: words.venueId === null ? null : formatId('ven', words.venueId),
    online_url: words.onlineUrl,
    terms: words.terms,
    refund_policy: words.refundPolicy,
    cancellation_reason: words.cancellationReason,
  };
}
