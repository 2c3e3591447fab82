/** For whom passkeys sign (WebAuthn): a device shows a passkey to this host alone, and says from which origin it was asked. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

/** `publicUrl` is the origin under which people see the installation. Another host means other passkeys. */
export function buildRelyingParty(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin, name: 'Tessera' };
}
