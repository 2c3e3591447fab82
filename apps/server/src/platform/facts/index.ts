import { jsonArray, textArray, uuidArray, type Call, type Statement } from '../db/index.ts';

export { purgeFacts } from './purge-facts.ts';

/** A past-tense message for whoever follows. The payload is JSON text: it is written once and read by others. */
export type Fact = { type: string; subjectId: string; payload: string };

/** Facts of one event, numbered on from its head's `seq`, which the writer has locked. Times in milliseconds since 1970. */
export type FactBatch = { eventId: string; seq: number; atMs: number; facts: readonly Fact[] };

const INSERT_FACTS: Statement = {
  name: 'insert_facts',
  text: `insert into facts.facts (event_id, seq, at, type, subject_id, payload)
    select $1, $2::bigint + n, to_timestamp($3::float8 / 1000), type, subject_id, payload
    from unnest($4::text[], $5::uuid[], $6::json[]) with ordinality as f (type, subject_id, payload, n)`,
};

/** The statement that writes facts in the transaction of what they tell of. */
export function insertFacts({ eventId, seq, atMs, facts }: FactBatch): Call {
  const types = textArray(facts.map((fact) => fact.type));
  const subjects = uuidArray(facts.map((fact) => fact.subjectId));
  return { statement: INSERT_FACTS, values: [eventId, seq, atMs, types, subjects, jsonArray(facts.map((fact) => fact.payload))] };
}
