import assert from 'node:assert/strict';
import { fieldOf, type Answer, type House, type Json, type Members } from './members.ts';

/** What an organizer does with the words of events, one of which is meant where none is named. */
export type Editing = {
  readOwn(id?: string): Promise<Answer>;
  change(body: unknown, id?: string, headers?: Record<string, string>): Promise<Answer>;
  /** Changes words, and answers the event. */
  changed(body: object, id?: string): Promise<Json>;
  /** Sends a change that is refused for the sake of a field. */
  refused(body: unknown, field: string, id?: string): Promise<Answer>;
  lastAction(): Promise<Json>;
};

export function buildEditing(members: Members, house: House, eventId: string): Editing {
  const change: Editing['change'] = (body, id = eventId, headers = {}) => members.send('PATCH', `/events/${id}`, { house, body, headers });
  return {
    change,
    readOwn: (id = eventId) => members.send('GET', `/events/${id}`, { house }),
    changed: async (body, id) => {
      const answer = await change(body, id);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    },
    refused: async (body, field, id) => {
      const answer = await change(body, id);
      assert.deepEqual([answer.status, fieldOf(answer)], [400, field], JSON.stringify([body, answer.body]));
      return answer;
    },
    lastAction: async () => {
      const { body } = await members.send('GET', '/actions', { house });
      return (body['data'] as Json[])[0] ?? {};
    },
  };
}
