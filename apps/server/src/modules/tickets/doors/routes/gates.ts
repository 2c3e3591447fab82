import {
  ChangeGateBody,
  CreateGateBody,
  Gate,
  GateList,
  GatePath,
  MEMBER_PROBLEMS,
  OwnEventPath,
  problemResponses,
  type Gate as GateAnswer,
} from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, NoContent, problem, replayed, type HttpServer } from '../../../../platform/http/index.ts';
import { parseCellId } from '../../../../platform/ids/index.ts';
import type { Gate as DoorGate } from '../decide/state.ts';
import { mergeGate } from '../merge-gate.ts';
import { presentGate } from '../present-gate.ts';
import { readGates } from '../queries/gates.ts';
import { changeGate, createGate, GATES_MAX, type CreateGateOutcome } from '../write-gates.ts';
import { changeProblems, common, noSuchEvent, type DoorRoutes } from './documents.ts';

const listSchema = {
  ...common,
  operationId: 'listGates',
  summary: 'The gates of an event',
  params: OwnEventPath,
  response: { 200: GateList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const createSchema = {
  ...common,
  operationId: 'createGate',
  summary: 'Make a gate',
  params: OwnEventPath,
  body: CreateGateBody,
  response: {
    200: replayed(Gate),
    201: Gate,
    ...problemResponses(...changeProblems, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'GATES_TOO_MANY'),
  },
};

const changeSchema = {
  ...common,
  operationId: 'changeGate',
  summary: 'Change, open or close a gate',
  params: GatePath,
  body: ChangeGateBody,
  response: { 200: Gate, ...problemResponses(...changeProblems) },
};

const archiveSchema = {
  ...common,
  operationId: 'archiveGate',
  summary: 'Use a gate no more',
  description: 'What was scanned there stays.',
  params: GatePath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

const ALL = '/api/v1/organizations/:id/events/:event_id/gates';
const ONE = '/api/v1/organizations/:id/events/:event_id/gates/:gate_id';
const NEW: Omit<DoorGate, 'id'> = { name: '', ticketTypeIds: null, state: 'open', opensAtMs: null, closesAtMs: null };

export function gateRoutes(http: HttpServer, { doors, organizations, requireOwnEvent, typesOf }: DoorRoutes): void {
  const [reads, changes] = [{ permission: 'tickets.scan' }, { permission: 'events.change' }] as const;
  http.get(ALL, { schema: listSchema, config: reads }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const gates = await readGates(doors.db, eventId, { archived: false });
    return { data: gates.map((gate) => presentGate(eventId, gate)) };
  });
  http.post(ALL, { schema: createSchema, config: changes }, async (request, reply) => {
    const { eventId, member } = await requireOwnEvent(request);
    const wanted = mergeGate(NEW, request.body, { eventId, ticketTypeIds: await typesOf(eventId) });
    const asked = { wanted, idempotencyKey: idempotencyKeyOf(request) };
    const { gate, replayed: isRepeat } = created(await createGate(doors, { organizations, member, eventId }, asked));
    markAnswer(reply, isRepeat, 201);
    return presentGate(eventId, gate);
  });
  http.patch(ONE, { schema: changeSchema, config: changes }, async (request) => {
    const { eventId, member } = await requireOwnEvent(request);
    const known = { eventId, ticketTypeIds: await typesOf(eventId) };
    const change = (before: DoorGate) => mergeGate(before, request.body, known);
    return changed(request.params.gate_id, { eventId, member, what: 'gate.changed', change });
  });
  http.delete(ONE, { schema: archiveSchema, config: changes }, async (request, reply) => {
    const { eventId, member } = await requireOwnEvent(request);
    const change = (before: DoorGate): DoorGate => ({ ...before, state: 'archived' });
    await changed(request.params.gate_id, { eventId, member, what: 'gate.archived', change });
    return reply.code(204).send(null);
  });

  async function changed(text: string, { eventId, member, what, change }: Changing): Promise<GateAnswer> {
    const gateId = gateIdOf(text, eventId);
    const gate = await changeGate(doors, { organizations, member, eventId }, { gateId, what, change });
    if (!gate) throw noSuchGate();
    return presentGate(eventId, gate);
  }
}

type Changing = Omit<Parameters<typeof changeGate>[2], 'gateId'> & Omit<Parameters<typeof changeGate>[1], 'organizations'>;

function created(outcome: CreateGateOutcome | null): Extract<CreateGateOutcome, { kind: 'gate' }> {
  if (!outcome) throw noSuchEvent();
  switch (outcome.kind) {
    case 'gate':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'too_many':
      throw problem('GATES_TOO_MANY', { detail: `There are at most ${GATES_MAX}, with those that were archived.` });
  }
}

function gateIdOf(text: string, eventId: string): string {
  const ids = parseCellId('gat', text);
  if (ids?.eventId !== eventId) throw noSuchGate();
  return ids.id;
}

function noSuchGate(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such gate.' });
}
