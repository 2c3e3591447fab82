import { jsonArray, textArray, uuidArray, type Call, type Queryable, type Statement } from '../db/index.ts';

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

export type NumberedFact = Fact & { seq: number; atMs: number };

/**
 * The next facts of an event after `afterSeq`, by number, without a gap: they are numbered under the head's lock, and seen in
 * the order of their commits. So the page is a range of numbers, and no plan reads more than it. Takes no lock.
 */
export async function readFacts(
  on: Queryable,
  { eventId, afterSeq, limit }: { eventId: string; afterSeq: number; limit: number },
): Promise<NumberedFact[]> {
  return on.query<NumberedFact>(
    `select seq::float8 as seq, (extract(epoch from at) * 1000)::float8 as "atMs", type, subject_id as "subjectId", payload::text as payload
     from facts.facts where event_id = $1 and seq > $2 and seq <= $2::bigint + $3::bigint order by seq`,
    [eventId, afterSeq, limit],
  );
}
