import { ask, type Known } from './ask.ts';
import type { Buyer } from './buyer.ts';
import { isRecord } from './is-record.ts';
import type { World } from './world.ts';

/** The verdict of the full audit of the event. */
export async function audit(world: World, auditor: Buyer): Promise<string> {
  if (auditor.isUnanswered) return 'not to be had';
  const path = `/api/v1/events/${world.event.id}/audit?full=true`;
  const answer = await ask(world, auditor, {
    kind: 'audit',
    method: 'GET',
    path,
    token: null,
    key: null,
    body: null,
    timeoutMs: AUDIT_TIMEOUT_MS,
  });
  if (answer.kind === 'unknown') return 'not to be had';
  const verdict = isRecord(answer.body) ? answer.body['verdict'] : null;
  if (verdict !== 'clean')
    world.promises.broken('audit_clean', `the audit says ${String(verdict)}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  compareSold(world, answer);
  return String(verdict);
}

/** The verdict of the audit of the event's money. */
export async function auditMoney(world: World, auditor: Buyer): Promise<string> {
  if (auditor.isUnanswered) return 'not to be had';
  const path = `/api/v1/events/${world.event.id}/money-audit`;
  const question = { kind: 'money audit', method: 'GET', path, token: null, key: null, body: null, timeoutMs: AUDIT_TIMEOUT_MS } as const;
  const answer = await ask(world, auditor, question);
  if (answer.kind === 'unknown') return 'not to be had';
  const report = isRecord(answer.body) ? answer.body : {};
  const { verdict, transfers_checked: transfers, bookings_checked: bookings } = report;
  if (verdict === 'clean') return `clean (${Number(transfers)} transfers of ${Number(bookings)} bookings)`;
  world.promises.broken('money_audit_clean', `the money audit says ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  return String(verdict);
}

/** A full audit of a large event reads every booking of it. */
const AUDIT_TIMEOUT_MS = 120_000;

function compareSold({ promises, bookings }: World, { body }: Known): void {
  const quotas = isRecord(body) ? countersIn(body['quotas']) : [];
  const types = isRecord(body) ? countersIn(body['ticket_types']) : [];
  for (const { id, capacity, held, sold, setAside } of [...quotas, ...types]) {
    if (held + sold + setAside > capacity)
      promises.broken('never_oversold', `${id}: ${held} held, ${sold} sold, ${setAside} set aside of ${capacity}`);
  }
  const sold = types.reduce((sum, type) => sum + type.sold, 0);
  if (sold !== bookings.sold) promises.broken('nothing_left', `${sold} are sold, and buyers know of ${bookings.sold}`);
}

type Counters = { id: string; capacity: number; held: number; sold: number; setAside: number };

function countersIn(list: unknown): Counters[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((fields) => ({
    id: String(fields['id']),
    capacity: Number(fields['capacity']),
    held: Number(fields['held']),
    sold: Number(fields['sold']),
    setAside: Number(fields['set_aside']),
  }));
}
