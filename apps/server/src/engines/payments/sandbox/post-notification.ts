import type { Clock } from '../../../platform/clock/index.ts';
import { buildHttpCaller, type HttpCaller } from '../http/http-caller.ts';
import { SIGNATURE_HEADER, type Signatures } from '../signatures.ts';
import type { Post } from './deliver.ts';

/** A listener that has not answered by then is asked again later. */
const DEADLINE_MS = 15_000;
/** Whatever it says beside its status is for nobody. */
const ANSWER_BYTES_MAX = 256 * 1024;

export type PosterOptions = { signatures: Signatures; clock: Clock; connectionsMax: number };

/** Posts signed notifications over connections that stay open. Redirects are not followed: only 2xx is an arrival. */
export function buildPoster({ signatures, clock, connectionsMax }: PosterOptions): { post: Post; close(): void } {
  const callers = new Map<string, HttpCaller>();

  function callerOf(url: URL): HttpCaller {
    const found = callers.get(url.origin);
    if (found !== undefined) return found;
    const caller = buildHttpCaller({ url, connectionsMax, deadlineMs: DEADLINE_MS, answerBytesMax: ANSWER_BYTES_MAX });
    callers.set(url.origin, caller);
    return caller;
  }

  return {
    post: async (url, body) => {
      const headers = `content-type: application/json\r\n${SIGNATURE_HEADER}: ${signatures.sign(body, clock.nowMs())}\r\n`;
      try {
        const { status } = await callerOf(url).send({ method: 'POST', path: url.pathname + url.search, headers, body });
        return status >= 200 && status < 300;
      } catch {
        return false; // Sent again later, for whatever reason it has not arrived.
      }
    },
    close: () => {
      for (const caller of callers.values()) caller.close();
    },
  };
}
