import { Type, type Static } from 'typebox';
import { closed, NullableTime, OrganizationId, Time, ONE_LINE } from './scalars.ts';
import { Password } from './accounts.ts';

const KEY_ID_CHARS = 4 + 26;
const KeyId = Type.String({ minLength: 4, maxLength: KEY_ID_CHARS, examples: ['key_01kjw8x9v3e8aa7m2zq5r4t6yb'] });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE });
const Scopes = Type.Array(Type.String({ minLength: 1, maxLength: 64, examples: ['organization.read'] }), {
  maxItems: 100,
  description:
    'organization.read, organization.change, members.read, actions.read, events.read, events.change, stock.set_aside, bookings.read, refunds.create, money.read, keys.read, data.purge. A key has none that its owner lacks, and no key changes keys, members or invitations.',
});

export const ApiKeyPath = closed({ id: KeyId });
export const OrganizationKeyPath = closed({ id: OrganizationId, key_id: KeyId });

const newKey = {
  name: Name,
  scopes: Scopes,
  is_test: Type.Optional(Type.Boolean({ default: false, description: 'What it makes is marked as a test, and can be purged.' })),
  expires_at: Type.Optional(NullableTime),
};
export const CreatePersonalKeyBody = closed({ ...newKey, password: Password }, { title: 'CreatePersonalKey' });
export const CreateOrganizationKeyBody = closed(newKey, { title: 'CreateOrganizationKey' });

const keyFields = {
  id: KeyId,
  name: Type.String(),
  prefix: Type.String({ description: 'The beginning of the token.', examples: ['tsk_live_aB3xY9'] }),
  scopes: Type.Array(Type.String()),
  is_test: Type.Boolean(),
  created_at: Time,
  expires_at: NullableTime,
  last_used_at: NullableTime,
};
export const ApiKey = Type.Object(keyFields, { title: 'ApiKey' });
export type ApiKey = Static<typeof ApiKey>;
export const ApiKeyList = Type.Object({ data: Type.Array(ApiKey) }, { title: 'ApiKeyList' });
export const CreatedApiKey = Type.Object(
  { ...keyFields, token: Type.String({ description: 'Sent as `Authorization: Bearer`. Shown this once.' }) },
  { title: 'CreatedApiKey' },
);
export type CreatedApiKey = Static<typeof CreatedApiKey>;
