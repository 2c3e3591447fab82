import type { EventDetail, EventSummary } from '@tessera/contract';
import { localText } from './local-time.ts';
import { presentPlace } from './present-place.ts';
import { presentTime } from './present-time.ts';
import type { EventDates, EventMove, FullWords, ListedWords, ProfileTexts } from './words.ts';

type WordsJson = Omit<EventSummary, 'id' | 'organization' | 'state' | 'currency' | 'price_from_minor'>;
type WordsOfPageJson = Pick<EventDetail, 'moves' | 'cancellation_reason' | 'terms' | 'refund_policy'>;

/** The words of an event that stand in lists and on its page. */
export function presentWords(words: Omit<ListedWords, 'eventId'>): WordsJson {
  const { timeZone, place, doorsAtMs } = words;
  return {
    title: words.title,
    summary: words.summary,
    venue: presentPlace(words),
    starts_at: presentTime(words.startsAtMs),
    ends_at: presentTime(words.endsAtMs),
    time_zone: timeZone,
    picture: words.picture,
    starts_at_local: localText(words.startsAtMs, timeZone),
    ends_at_local: localText(words.endsAtMs, timeZone),
    doors_at: doorsAtMs === null ? null : presentTime(doorsAtMs),
    days: words.days.map(({ title, startsAtMs, endsAtMs }) => ({
      title,
      starts_at: presentTime(startsAtMs),
      ends_at: presentTime(endsAtMs),
      starts_at_local: localText(startsAtMs, timeZone),
      ends_at_local: localText(endsAtMs, timeZone),
    })),
    category: words.category,
    tags: [...words.tags],
    languages: [...words.languages],
    place,
    is_online: place !== 'venue',
  };
}

type WordsOfPage = Pick<FullWords, 'cancellationReason' | 'terms' | 'refundPolicy'> & { moves: readonly EventMove[]; isCancelled: boolean };

/** The words of its page alone; what the event leaves open is its organizer's. */
export function presentWordsOfPage(words: WordsOfPage, organizer: Pick<ProfileTexts, 'terms' | 'refundPolicy'>): WordsOfPageJson {
  return {
    moves: words.moves.map(({ at, before, after, reason }) => ({ at: at.toISOString(), reason, before, after })),
    // It is written before the event is cancelled, and nobody’s business until it is.
    cancellation_reason: words.isCancelled ? words.cancellationReason : null,
    terms: words.terms ?? organizer.terms,
    refund_policy: words.refundPolicy ?? organizer.refundPolicy,
  };
}

/** What a move changes. */
export function presentDates(words: FullWords): EventDates {
  return {
    starts_at: presentTime(words.startsAtMs),
    ends_at: presentTime(words.endsAtMs),
    place: words.place,
    venue: { name: words.venueName, city: words.venueCity },
  };
}
