import { invalidField, problem } from './problem.ts';
import { findHostileText } from './hostile-text.ts';

/**
 * Reads a JSON body; an empty one is null. Throws REQUEST_MALFORMED or, for hostile text, REQUEST_INVALID.
 * Raw control characters are no JSON and half surrogates no UTF-8, so both come only as escapes: a body without
 * any need not be walked.
 */
export function parseJsonBody(text: string): unknown {
  if (text.length === 0) return null;
  if (text.includes('\uFFFD')) throw problem('REQUEST_MALFORMED', { detail: 'The body is not valid UTF-8.' });
  const body = parse(text);
  if (text.includes('\\u') || text.includes('__proto__')) {
    const hostile = findHostileText(body);
    if (hostile) throw invalidField(hostile.pointer, hostile.detail);
  }
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause: V8 quotes the text, and a piece of a password does not belong into a log.
    throw problem('REQUEST_MALFORMED', { detail: 'The body is not valid JSON.' });
  }
}
