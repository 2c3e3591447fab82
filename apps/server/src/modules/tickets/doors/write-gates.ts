import { newUuid, uuidFromText } from '../../../platform/ids/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import type { Member, Organizations } from '../../organizations/index.ts';
import { underHead } from '../../sales/index.ts';
import type { Doors } from './context.ts';
import type { Gate } from './decide/state.ts';
import { presentGate } from './present-gate.ts';
import { countGates, insertGate, isGateOf, readGate, updateGate } from './queries/gates.ts';

/** With those that were archived: scans name them. */
export const GATES_MAX = 200;

export type Asking = { organizations: Organizations; member: Member; eventId: string };

export type CreateGateOutcome = { kind: 'gate'; gate: Gate; replayed: boolean } | { kind: 'key_reused' } | { kind: 'too_many' };

/** Makes a gate, once per key; without a key, once per call. Null if there is no such event any more. */
export async function createGate(
  { db, clock }: Doors,
  asking: Asking,
  { wanted, idempotencyKey }: { wanted: Omit<Gate, 'id'>; idempotencyKey: string | null },
): Promise<CreateGateOutcome | null> {
  const { eventId } = asking;
  const id = idempotencyKey === null ? newUuid(clock.nowMs()) : uuidFromText(`gate\n${eventId}\n${idempotencyKey}`);
  const gate = { id, ...wanted };
  const fingerprint = uuidFromText(JSON.stringify(wanted));
  return underHead<CreateGateOutcome>(db, eventId, async (tx, nowMs) => {
    const result = await createOnce(tx, asking, { gate, fingerprint, createdAt: new Date(nowMs) });
    return { result, facts: [] };
  });
}

type Wanted = { gate: Gate; fingerprint: string; createdAt: Date };

async function createOnce(tx: Tx, asking: Asking, { gate, fingerprint, createdAt }: Wanted): Promise<CreateGateOutcome> {
  const { eventId, member, organizations } = asking;
  const before = await readGate(tx, eventId, gate.id);
  if (before) {
    const isSame = await isGateOf(tx, { eventId, id: gate.id, fingerprint });
    return isSame ? { kind: 'gate', gate: before, replayed: true } : { kind: 'key_reused' };
  }
  if ((await countGates(tx, eventId)) >= GATES_MAX) return { kind: 'too_many' };
  await insertGate(tx, { eventId, gate, fingerprint, createdAt });
  await organizations.recordAction(tx, member, {
    what: 'gate.created',
    subjectId: gate.id,
    before: null,
    after: presentGate(eventId, gate),
  });
  return { kind: 'gate', gate, replayed: false };
}

export type GateChange = { gateId: string; what: 'gate.changed' | 'gate.archived'; change: (before: Gate) => Gate };

/** Changes a gate; scans that are decided from then on know it so. Null if there is no such gate, or no more. */
export async function changeGate(
  { db }: Doors,
  { organizations, member, eventId }: Asking,
  { gateId, what, change }: GateChange,
): Promise<Gate | null> {
  return underHead<Gate | null>(db, eventId, async (tx) => {
    const before = await readGate(tx, eventId, gateId);
    if (!before || before.state === 'archived') return { result: null, facts: [] };
    const after = change(before);
    await updateGate(tx, eventId, after);
    const recorded = { before: presentGate(eventId, before), after: presentGate(eventId, after) };
    await organizations.recordAction(tx, member, { what, subjectId: gateId, ...recorded });
    return { result: after, facts: [] };
  });
}
