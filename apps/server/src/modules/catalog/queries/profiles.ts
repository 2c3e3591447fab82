import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { Profile, ProfileTexts } from '../words.ts';

type ProfileRow = {
  id: string;
  name: string;
  slug: string;
  imprint: string | null;
  terms: string | null;
  refund_policy: string | null;
  privacy_url: string | null;
  contact_email: string | null;
  website: string | null;
  accent_colour: string | null;
  logo: string | null;
};

const TEXTS = 'imprint, terms, refund_policy, privacy_url, contact_email, website, accent_colour, logo';
const FROM = 'from catalog.organizations o left join catalog.organization_profiles p on p.organization_id = o.id';

/** An organization with its texts, or null. */
export async function readProfile(on: Queryable, id: string): Promise<Profile | null> {
  return profileOf(await on.query<ProfileRow>(`select id, name, slug, ${TEXTS} ${FROM} where o.id = $1`, [id]));
}

export async function readProfileBySlug(on: Queryable, slug: string): Promise<Profile | null> {
  return profileOf(await on.query<ProfileRow>(`select id, name, slug, ${TEXTS} ${FROM} where o.slug = $1`, [slug]));
}

/** Writes the texts of an organization, whose row is locked. */
export async function writeProfile(tx: Tx, id: string, texts: ProfileTexts): Promise<void> {
  await tx.query(
    `insert into catalog.organization_profiles (organization_id, ${TEXTS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organization_id) do update set imprint = excluded.imprint, terms = excluded.terms, refund_policy = excluded.refund_policy,
       privacy_url = excluded.privacy_url, contact_email = excluded.contact_email, website = excluded.website,
       accent_colour = excluded.accent_colour, logo = excluded.logo`,
    [
      ...[id, texts.imprint, texts.terms, texts.refundPolicy, texts.privacyUrl, texts.contactEmail],
      ...[texts.website, texts.accentColour, texts.logo],
    ],
  );
}

function profileOf([row]: readonly ProfileRow[]): Profile | null {
  if (!row) return null;
  const { id, name, slug, imprint, terms, website, logo } = row;
  const { refund_policy: refundPolicy, privacy_url: privacyUrl, contact_email: contactEmail, accent_colour: accentColour } = row;
  return { id, name, slug, imprint, terms, refundPolicy, privacyUrl, contactEmail, website, accentColour, logo };
}
