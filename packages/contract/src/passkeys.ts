import { Type, type Static, type TString } from 'typebox';
import { PASSWORD_CHARS_MAX } from './accounts.ts';
import { closed, nullable, NullableTime, Time, ONE_LINE } from './scalars.ts';

const PASSKEY_ID_CHARS = 4 + 26;
const PASSKEY_NAME_CHARS_MAX = 100;
const CREDENTIAL_ID_CHARS_MAX = 1364;
const ANSWER_CHARS_MAX = 16_000;
const WORD_CHARS_MAX = 40;
const TRANSPORTS_MAX = 10;

export const PasskeyId = Type.String({ minLength: 4, maxLength: PASSKEY_ID_CHARS });
export const PasskeyPath = closed({ id: PasskeyId });
const Name = Type.String({ minLength: 1, maxLength: PASSKEY_NAME_CHARS_MAX, pattern: ONE_LINE });

/** Bytes as WebAuthn writes them in JSON: base64url without padding. */
function bytes(maxLength: number): TString {
  return Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$' });
}
const Word = Type.String({ maxLength: WORD_CHARS_MAX });
const PublicKeyType = Type.Enum(['public-key']);

/** What `PublicKeyCredential.toJSON()` has beside the answer itself; nothing rests on it. */
const beside = {
  rawId: Type.Optional(bytes(CREDENTIAL_ID_CHARS_MAX)),
  authenticatorAttachment: Type.Optional(nullable(Word)),
  clientExtensionResults: Type.Optional(Type.Object({})),
};

export const AskForPasskeyBody = closed(
  { password: Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX }) },
  { title: 'AskForPasskey' },
);

/** What `PublicKeyCredential.parseCreationOptionsFromJSON()` takes (WebAuthn, level 3). */
export const PasskeyCreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge: Type.String(),
    pubKeyCredParams: Type.Array(Type.Object({ type: PublicKeyType, alg: Type.Integer() })),
    timeout: Type.Integer({ description: 'Milliseconds.' }),
    excludeCredentials: Type.Array(Type.Object({ type: PublicKeyType, id: Type.String() })),
    authenticatorSelection: Type.Object({
      residentKey: Type.Enum(['required']),
      requireResidentKey: Type.Boolean(),
      userVerification: Type.Enum(['required']),
    }),
    attestation: Type.Enum(['none']),
  },
  { title: 'PasskeyCreationOptions' },
);
export type PasskeyCreationOptions = Static<typeof PasskeyCreationOptions>;

/** The device's answer, as `PublicKeyCredential.toJSON()` writes it. */
export const AddPasskeyBody = closed(
  {
    name: Name,
    credential: closed({
      id: bytes(CREDENTIAL_ID_CHARS_MAX),
      type: PublicKeyType,
      ...beside,
      response: closed({
        clientDataJSON: bytes(ANSWER_CHARS_MAX),
        attestationObject: bytes(ANSWER_CHARS_MAX),
        authenticatorData: Type.Optional(bytes(ANSWER_CHARS_MAX)),
        transports: Type.Optional(Type.Array(Word, { maxItems: TRANSPORTS_MAX })),
        publicKey: Type.Optional(bytes(ANSWER_CHARS_MAX)),
        publicKeyAlgorithm: Type.Optional(Type.Integer()),
      }),
    }),
  },
  { title: 'AddPasskey' },
);
export type AddPasskeyBody = Static<typeof AddPasskeyBody>;

/** What `PublicKeyCredential.parseRequestOptionsFromJSON()` takes. */
export const PasskeyRequestOptions = Type.Object(
  { rpId: Type.String(), challenge: Type.String(), timeout: Type.Integer(), userVerification: Type.Enum(['required']) },
  { title: 'PasskeyRequestOptions' },
);
export type PasskeyRequestOptions = Static<typeof PasskeyRequestOptions>;

export const SignInWithPasskeyBody = closed(
  {
    credential: closed({
      id: bytes(CREDENTIAL_ID_CHARS_MAX),
      type: PublicKeyType,
      ...beside,
      response: closed({
        clientDataJSON: bytes(ANSWER_CHARS_MAX),
        authenticatorData: bytes(ANSWER_CHARS_MAX),
        signature: bytes(ANSWER_CHARS_MAX),
        userHandle: bytes(100),
      }),
    }),
  },
  { title: 'SignInWithPasskey' },
);
export type SignInWithPasskeyBody = Static<typeof SignInWithPasskeyBody>;

export const Passkey = Type.Object(
  { id: PasskeyId, name: Type.String(), created_at: Time, last_used_at: NullableTime },
  { title: 'Passkey' },
);
export type Passkey = Static<typeof Passkey>;
export const PasskeyList = Type.Object({ data: Type.Array(Passkey) }, { title: 'PasskeyList' });
