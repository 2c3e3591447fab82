import { TAG_CHARS_MAX, type ChangeEventBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import { checkPicture } from './check-picture.ts';
import { canonicalLanguage } from './language-tags.ts';
import { mergeAddress, NO_ADDRESS } from './merge-address.ts';
import { mergeTimes } from './merge-times.ts';
import { isHttpsAddress, normalTag } from './normal-text.ts';
import type { FullWords, Venue } from './words.ts';

/** The words of an event with the changes of a body; `venue` is the one that the body names. Throws REQUEST_INVALID, naming the field. */
export function mergeWords(before: FullWords, body: ChangeEventBody, venue: Venue | null): FullWords {
  const { title = before.title, summary = before.summary, description = before.description } = body;
  const { category = before.category, terms = before.terms, refund_policy: refundPolicy = before.refundPolicy } = body;
  const { cancellation_reason: cancellationReason = before.cancellationReason } = body;
  const texts = { title, summary, description, category, terms, refundPolicy, cancellationReason };
  return {
    ...before,
    ...texts,
    ...mergeTimes(before, body),
    ...mergePlace(before, body, venue),
    tags: body.tags === undefined ? before.tags : tagsOf(body.tags),
    languages: body.languages === undefined ? before.languages : languagesOf(body.languages),
    picture: body.picture === undefined ? before.picture : checkPicture(body.picture, '/picture'),
  };
}

type Where = Pick<FullWords, 'place' | 'venueId' | 'venueName' | 'venueCity' | 'address' | 'onlineUrl'>;

function mergePlace(before: FullWords, body: ChangeEventBody, venue: Venue | null): Partial<Where> {
  const { place = before.place, online_url: onlineUrl = before.onlineUrl } = body;
  if (onlineUrl !== null && place === 'venue') throw invalidField('/online_url', 'is for events that are online, too');
  if (onlineUrl !== null && !isHttpsAddress(onlineUrl)) throw invalidField('/online_url', 'must be an https address');
  return { place, onlineUrl, ...mergeVenue(body, venue) };
}

/** A venue of the organization, or a place in words of its own; null leaves the words and forgets the venue. */
function mergeVenue({ venue_id: venueId, venue: free }: ChangeEventBody, venue: Venue | null): Partial<Where> {
  if (free !== undefined) {
    if (typeof venueId === 'string') throw invalidField('/venue', 'must not be given with venue_id');
    return { venueId: null, venueName: free.name, venueCity: free.city, address: mergeAddress(NO_ADDRESS, free, '/venue') };
  }
  if (venueId === undefined) return {};
  if (venueId === null) return { venueId: null };
  if (venue === null || venue.archivedAt !== null) throw invalidField('/venue_id', 'must be the id of a venue of this organization');
  return { venueId: venue.id, venueName: venue.name, venueCity: venue.city, address: venue.address };
}

function tagsOf(texts: readonly string[]): string[] {
  const tags = texts.map((text, index) => {
    const tag = normalTag(text);
    if (tag === null) throw invalidField(`/tags/${index}`, `must have 1 to ${TAG_CHARS_MAX} characters, spaces around not counted`);
    return tag;
  });
  return [...new Set(tags)];
}

function languagesOf(texts: readonly string[]): string[] {
  const languages = texts.map((text, index) => {
    const language = canonicalLanguage(text);
    if (language === null) throw invalidField(`/languages/${index}`, 'must be a language of BCP 47, as de-AT');
    return language;
  });
  return [...new Set(languages)];
}
