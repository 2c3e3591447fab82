import type { Mail } from '../../engines/mail/index.ts';

/** The mails of accounts. They carry the token itself: the pages that take it come with the web application. */
export function verifyEmailMail(to: string, token: string): Mail {
  return {
    to,
    subject: 'Finish your sign-up',
    text: `Somebody, probably you, wants an account with this address.

To finish, give this token and the password that you chose within 24 hours:

  ${token}

If it was not you, do nothing: there is no account without it.
`,
  };
}

export function accountExistsMail(to: string): Mail {
  return {
    to,
    subject: 'You have an account already',
    text: `Somebody, probably you, wanted a new account with this address. There is one already: sign in,
or ask for a new password if you have forgotten yours.

If it was not you, do nothing: nothing has changed.
`,
  };
}

export function resetPasswordMail(to: string, token: string): Mail {
  return {
    to,
    subject: 'Choose a new password',
    text: `Somebody, probably you, asked for a new password.

Give this token and the new password within an hour:

  ${token}

If it was not you, do nothing: your password stays as it is.
`,
  };
}

export function passwordChangedMail(to: string): Mail {
  return {
    to,
    subject: 'Your password was changed',
    text: `The password of your account was changed, and all sessions were ended.

If it was not you, ask for a new password at once.
`,
  };
}

export function secondFactorRemovedMail(to: string): Mail {
  return {
    to,
    subject: 'Your second factor was removed',
    text: `The second factor of your account was removed: your password alone signs you in now.

If it was not you, ask for a new password at once, and set up a second factor again.
`,
  };
}

export function keyCreatedMail(to: string, prefix: string): Mail {
  return {
    to,
    subject: 'An API key was made for you',
    text: `An API key that acts as you was made: ${prefix}…

If it was not you, revoke it, and ask for a new password at once.
`,
  };
}

export function passkeyAddedMail(to: string): Mail {
  return {
    to,
    subject: 'A passkey was added',
    text: `A passkey was added to your account: it signs in without your password.

If it was not you, ask for a new password at once, sign in with what you have beside it, and remove the passkey.
`,
  };
}

export function passkeyRemovedMail(to: string): Mail {
  return {
    to,
    subject: 'A passkey was removed',
    text: `A passkey of your account was removed: it signs in no more.

If it was not you, ask for a new password at once, and look through your passkeys.
`,
  };
}
