import type { ChangeQuestionBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import { parseCellId } from '../../platform/ids/index.ts';
import type { QuestionRecord } from './queries/questions.ts';

/** What the ids in a body may name. */
export type KnownTypes = { eventId: string; ticketTypeIds: ReadonlySet<string> };

/** A question with the changes of a body. Throws REQUEST_INVALID, naming the field. */
export function mergeQuestion(before: QuestionRecord, body: ChangeQuestionBody, known: KnownTypes): QuestionRecord {
  const { label = before.label, help = before.help, options = before.options, required = before.required } = body;
  const { asked_per: askedPer = before.askedPer, position = before.position } = body;
  const hasOptions = before.kind === 'choice' || before.kind === 'choices';
  if (hasOptions && options.length === 0) throw invalidField('/options', 'is required: what can be chosen');
  if (!hasOptions && options.length > 0) throw invalidField('/options', 'is for choices alone');
  const ticketTypeIds = body.ticket_type_ids === undefined ? before.ticketTypeIds : typesOf(body.ticket_type_ids, known);
  return { ...before, label, help, options, required, askedPer, ticketTypeIds, position };
}

function typesOf(texts: readonly string[], { eventId, ticketTypeIds }: KnownTypes): string[] {
  return texts.map((text, index) => {
    const ids = parseCellId('typ', text);
    if (ids?.eventId === eventId && ticketTypeIds.has(ids.id)) return ids.id;
    throw invalidField(`/ticket_type_ids/${index}`, 'must be the id of a ticket type of this event');
  });
}
