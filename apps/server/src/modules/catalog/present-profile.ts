import type { OrganizationProfile, Organizer } from '@tessera/contract';
import { textColourOn } from './contrast.ts';
import { presentOrganization } from './present-organization.ts';
import type { Profile } from './words.ts';

/** What everybody may know of an organization. */
export function presentProfile(profile: Profile): OrganizationProfile {
  return { ...presentOrganizer(profile), terms: profile.terms, refund_policy: profile.refundPolicy };
}

/** Who sells, without the terms, which an event may have of its own. */
export function presentOrganizer(profile: Profile): Organizer {
  const { imprint, privacyUrl, contactEmail, website, accentColour, logo } = profile;
  const text = accentColour === null ? null : textColourOn(accentColour);
  return {
    ...presentOrganization(profile),
    imprint,
    privacy_url: privacyUrl,
    contact_email: contactEmail,
    website,
    branding: { accent_colour: accentColour, text_colour: text?.colour ?? null, contrast: text?.contrast ?? null, logo },
  };
}
