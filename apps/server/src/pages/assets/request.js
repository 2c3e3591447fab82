/** What the server said no to, with its problem document. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || 'The server refused.');
    this.problem = problem;
  }
}

/** The server could not be reached, or cannot answer now: the same request may be sent again. */
export class Unreachable extends Error {}

async function ask(method, path, { token, key, body, accept = 'application/json' } = {}) {
  const headers = { accept };
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, { method, headers, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (cause) {
    throw new Unreachable('The server could not be reached.', { cause });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  // Too many attempts are retryable, but not at once: whoever asked is told.
  if (response.status >= 500 || (problem.retryable && response.status !== 429)) {
    throw new Unreachable(problem.detail || problem.title || 'The server cannot answer now.');
  }
  throw new Refused({ status: response.status, ...problem });
}

export async function send(method, path, options) {
  const response = await ask(method, path, options);
  return response.json().catch(() => ({}));
}

/** Sends a keyed request until its outcome is known, a few times, with growing pauses. */
export async function sendSurely(method, path, options) {
  const pausesMs = [300, 900, 2_000, 4_000];
  for (const pauseMs of pausesMs) {
    try {
      return await send(method, path, options);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return send(method, path, options);
}

/** Reads a file, with the name that the server gives it. */
export async function readFile(path, token) {
  const response = await ask('GET', path, { token, accept: '*/*' });
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name: name ?? 'ticket', blob: await response.blob() };
}

/** A key for one click: repeats of it are one booking. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
