const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const DASHES_AT = [4, 6, 8, 10];
export const UUID_BYTES = 16;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Writes a UUID, in lower case, as its 16 bytes. Throws for any other text. */
export function writeUuid(bytes: Uint8Array, uuid: string, at: number): void {
  if (!UUID.test(uuid)) throw new RangeError('not a UUID in lower case');
  const hex = uuid.replaceAll('-', '');
  for (let index = 0; index < UUID_BYTES; index += 1) bytes[at + index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
}

/** The text of the UUID whose bytes begin there. */
export function readUuid(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let index = 0; index < UUID_BYTES; index += 1) text += (DASHES_AT.includes(index) ? '-' : '') + HEX[bytes[at + index]!]!;
  return text;
}
