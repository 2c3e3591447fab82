import type { LightMyRequestResponse } from 'fastify';
import { freshAddress, type Person } from './person.ts';

type Repeated = { path: string; body: object; max: number; token?: string };

/** Sends until it is refused for its number. */
export async function untilTooMany(person: Person, { path, body, max, token }: Repeated): Promise<LightMyRequestResponse> {
  const request = { method: 'POST', path, body, from: freshAddress(), ...(token !== undefined && { token }) } as const;
  let answer = await person.send(request);
  for (let count = 0; count < max && answer.statusCode !== 429; count += 1) answer = await person.send(request);
  return answer;
}
