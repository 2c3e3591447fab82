import { Type, type Static } from 'typebox';
import { closed, Time, ONE_LINE } from './scalars.ts';

const PERSON_ID_CHARS = 4 + 26;
const SECRET_CHARS_MAX = 100;
const CODE_CHARS_MAX = 20;
export const PASSWORD_CHARS_MAX = 400;

export const PersonId = Type.String({ minLength: 4, maxLength: PERSON_ID_CHARS });
export const SessionId = Type.String({ minLength: 4, maxLength: PERSON_ID_CHARS });

/** What a mail's header takes as one bare address. */
const EMAIL_CHARS = '[^\\s\\u0000-\\u001f\\u007f-\\u009f@"<>(),;:\\\\]';
export const EMAIL_PATTERN = `^${EMAIL_CHARS}{1,64}@${EMAIL_CHARS}{1,190}$`;

/** One @, something before and behind it; whether it receives mail only mail can tell. */
export const Email = Type.String({ pattern: EMAIL_PATTERN, minLength: 3, maxLength: 254 });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE });
/** How long and how common it may be is told by ACCOUNTS_PASSWORD_WEAK. */
export const Password = Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX });
const Secret = Type.String({ minLength: 1, maxLength: SECRET_CHARS_MAX });
/** Six digits of an authenticator app, or a recovery code; spaces and case do not matter. */
const Code = Type.String({ minLength: 1, maxLength: CODE_CHARS_MAX });

export const SignUpBody = closed({ email: Email, password: Password, name: Name }, { title: 'SignUp' });
export const VerifyEmailBody = closed({ token: Secret, password: Password }, { title: 'VerifyEmail' });
export const SignInBody = closed({ email: Email, password: Password, code: Type.Optional(Code) }, { title: 'SignIn' });
export const RefreshSessionBody = closed({ refresh_token: Secret }, { title: 'RefreshSession' });
export const RequestPasswordResetBody = closed({ email: Email }, { title: 'RequestPasswordReset' });
export const ResetPasswordBody = closed({ token: Secret, password: Password }, { title: 'ResetPassword' });
export const SessionPath = closed({ id: SessionId });

/** The same answer whether the address is known or not: it is the mail that tells. */
export const MailSent = Type.Object({ detail: Type.String() }, { title: 'MailSent' });

/** What a person who signed in sends: the access token as `Authorization: Bearer`, the refresh token for the next pair. */
export const SessionTokens = Type.Object(
  {
    session_id: SessionId,
    access_token: Type.String({ maxLength: SECRET_CHARS_MAX }),
    access_expires_in_seconds: Type.Integer(),
    refresh_token: Type.String({ maxLength: SECRET_CHARS_MAX }),
    refresh_expires_in_seconds: Type.Integer(),
  },
  { title: 'SessionTokens' },
);
export type SessionTokens = Static<typeof SessionTokens>;

export const Session = Type.Object(
  { id: SessionId, device: Type.String(), created_at: Time, refreshed_at: Time, expires_at: Time, is_current: Type.Boolean() },
  { title: 'Session' },
);
export type Session = Static<typeof Session>;
export const SessionList = Type.Object({ data: Type.Array(Session) }, { title: 'SessionList' });

export const Me = Type.Object(
  { id: PersonId, email: Type.String(), name: Type.String(), created_at: Time, has_second_factor: Type.Boolean() },
  { title: 'Me' },
);
export type Me = Static<typeof Me>;
export const ChangeMeBody = closed({ name: Name }, { title: 'ChangeMe' });

export const SetUpSecondFactorBody = closed({ password: Password }, { title: 'SetUpSecondFactor' });
/** What an authenticator app takes: the secret in base 32, or the URI as a picture. */
export const SecondFactorSecret = Type.Object({ secret: Type.String(), otpauth_uri: Type.String() }, { title: 'SecondFactorSecret' });
export const ConfirmSecondFactorBody = closed({ code: Code }, { title: 'ConfirmSecondFactor' });
/** Each signs in once in place of a code of the app. */
export const RecoveryCodes = Type.Object({ recovery_codes: Type.Array(Type.String()) }, { title: 'RecoveryCodes' });
