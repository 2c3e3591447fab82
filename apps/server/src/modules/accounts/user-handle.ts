/** What a device keeps of whose passkey it has (WebAuthn): the person's id, which says nothing of the person. */
export function userHandleOf(personId: string): string {
  return Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url');
}
