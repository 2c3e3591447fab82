/** What goes back over the wire; `headers` come in pairs of name and value. */
export type Answer = { status: number; headers: readonly string[]; text: string };

const JSON_HEADERS = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store'];
/** The payer's browser calls from the page of an organizer. */
const OPEN_HEADERS = [...JSON_HEADERS, 'access-control-allow-origin', '*'];

/** Every JSON of the sandbox begins by saying what it is. */
const OPENING = '{"sandbox":true,"notice":"No money moves."';

export function jsonText(value: object): string {
  const text = JSON.stringify(value);
  return text === '{}' ? `${OPENING}}` : `${OPENING},${text.slice(1)}`;
}

export function json(status: number, value: object): Answer {
  return { status, headers: JSON_HEADERS, text: jsonText(value) };
}

/** The same for the payer's API, which any page may call. */
export function openJson(status: number, value: object): Answer {
  return { status, headers: OPEN_HEADERS, text: jsonText(value) };
}

export function errorJson(status: number, code: string, message: string): Answer {
  return openJson(status, { error: { code, message } });
}
