import { Type, type Static } from 'typebox';
import { Email } from './accounts.ts';
import { REFUND_POLICY_CHARS_MAX, TERMS_CHARS_MAX } from './event-words.ts';
import { closed, nullable, OrganizationId } from './scalars.ts';

const IMPRINT_CHARS_MAX = 5_000;
export const Slug = Type.String({ minLength: 1, maxLength: 63, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });

export const organizationFields = {
  id: OrganizationId,
  name: Type.String({ maxLength: 200 }),
  slug: Type.String({ maxLength: 63 }),
};

/** Whether it is an address at all is checked besides. */
const WebAddress = Type.String({ maxLength: 2048, pattern: '^https://[\\x21-\\x7e]+$' });

/** A path of the set that ships with Tessera, or an https address. */
export const PicturePath = Type.String({ maxLength: 2048, pattern: '^(https://|/(?!/))[\\x21-\\x7e]*$' });

const Branding = Type.Object(
  {
    accent_colour: nullable(Type.String()),
    text_colour: nullable(Type.String({ description: 'Black or white: which of them is read better on the accent.' })),
    contrast: nullable(Type.Number({ description: 'Of the two, by WCAG 2.' })),
    logo: nullable(Type.String()),
  },
  { title: 'Branding' },
);

const organizerFields = {
  ...organizationFields,
  imprint: nullable(Type.String()),
  privacy_url: nullable(Type.String()),
  contact_email: nullable(Type.String()),
  website: nullable(Type.String()),
  branding: Branding,
};

/** Who sells, on the page of an event; its terms stand beside it. */
export const Organizer = Type.Object(organizerFields, { title: 'Organizer' });

/** What everybody may know of an organization. */
export const OrganizationProfile = Type.Object(
  { ...organizerFields, terms: nullable(Type.String()), refund_policy: nullable(Type.String()) },
  { title: 'OrganizationProfile' },
);

const text = (maxLength: number) => Type.Optional(nullable(Type.String({ minLength: 1, maxLength })));

export const ChangeProfileBody = closed(
  {
    imprint: text(IMPRINT_CHARS_MAX),
    terms: text(TERMS_CHARS_MAX),
    refund_policy: text(REFUND_POLICY_CHARS_MAX),
    privacy_url: Type.Optional(nullable(WebAddress)),
    contact_email: Type.Optional(nullable(Email)),
    website: Type.Optional(nullable(WebAddress)),
    accent_colour: Type.Optional(nullable(Type.String({ pattern: '^#[0-9a-fA-F]{6}$', maxLength: 7 }))),
    logo: Type.Optional(nullable(PicturePath)),
  },
  { title: 'ChangeProfile', minProperties: 1 },
);

export const OrganizationSlugPath = closed({ slug: Slug });

export type Organizer = Static<typeof Organizer>;
export type OrganizationProfile = Static<typeof OrganizationProfile>;
export type ChangeProfileBody = Static<typeof ChangeProfileBody>;
