import { isDeepStrictEqual } from 'node:util';
import type { ChangeProfileBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { checkPicture } from './check-picture.ts';
import { isHttpsAddress } from './normal-text.ts';
import { lockOrganization } from './queries/organizations.ts';
import { readProfile, writeProfile } from './queries/profiles.ts';
import { recordedChange } from './recorded-change.ts';
import type { Profile, ProfileTexts } from './words.ts';

/** Changes the texts of an organization. Null if it is not there. */
export async function changeProfile(
  { db }: Catalog,
  organizations: Organizations,
  member: Member,
  body: ChangeProfileBody,
): Promise<Profile | null> {
  const { organizationId } = member;
  return db.transaction(async (tx) => {
    const isThere = await lockOrganization(tx, organizationId);
    const before = isThere && (await readProfile(tx, organizationId));
    if (!before) return null;
    const after = { ...before, ...merge(before, body) };
    if (isDeepStrictEqual(before, after)) return before;
    // A name that was replaced by one as long leaves no trace in the record but that something was changed.
    const recorded = recordedChange(toRecord(before), toRecord(after)) ?? { before: {}, after: {} };
    await writeProfile(tx, organizationId, after);
    await organizations.recordAction(tx, member, { what: 'profile.changed', subjectId: organizationId, ...recorded });
    return after;
  });
}

function merge(before: ProfileTexts, body: ChangeProfileBody): ProfileTexts {
  const { imprint = before.imprint, terms = before.terms, refund_policy: refundPolicy = before.refundPolicy } = body;
  const { contact_email: contactEmail = before.contactEmail, accent_colour: accent = before.accentColour } = body;
  return {
    imprint,
    terms,
    refundPolicy,
    contactEmail,
    accentColour: accent?.toLowerCase() ?? null,
    privacyUrl: body.privacy_url === undefined ? before.privacyUrl : checkAddress(body.privacy_url, '/privacy_url'),
    website: body.website === undefined ? before.website : checkAddress(body.website, '/website'),
    logo: body.logo === undefined ? before.logo : checkPicture(body.logo, '/logo'),
  };
}

function checkAddress(address: string | null, field: string): string | null {
  if (address === null || isHttpsAddress(address)) return address;
  throw invalidField(field, 'must be an https address');
}

/** Without names and addresses of people: an imprint names them, and the record of actions keeps no personal values. */
function toRecord({ imprint, contactEmail, ...rest }: ProfileTexts): Record<string, unknown> {
  const kept = (text: string | null) => text && { characters: text.length };
  const { terms, refundPolicy, privacyUrl, website, accentColour, logo } = rest;
  return {
    imprint: kept(imprint),
    contact_email: kept(contactEmail),
    terms,
    refund_policy: refundPolicy,
    privacy_url: privacyUrl,
    website,
    accent_colour: accentColour,
    logo,
  };
}
