const SCAN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The scan that a text names; null for what is no UUID. */
export function scanIdOf(text: string): string | null {
  return SCAN_ID.test(text) ? text.toLowerCase() : null;
}
