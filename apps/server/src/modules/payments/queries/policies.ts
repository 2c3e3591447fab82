import type { Queryable } from '../../../platform/db/index.ts';

/** What buyers may give back by themselves: until so many hours before the event begins, for this share of what they paid. */
export type RefundPolicy = { untilHoursBefore: number; percent: number; keepFees: boolean };

export async function readPolicy(on: Queryable, eventId: string): Promise<RefundPolicy | null> {
  const [row] = await on.query<RefundPolicy>(
    `select until_hours_before as "untilHoursBefore", percent, keep_fees as "keepFees" from payments.policies where event_id = $1`,
    [eventId],
  );
  return row ?? null;
}

export async function writePolicy(on: Queryable, eventId: string, { untilHoursBefore, percent, keepFees }: RefundPolicy): Promise<void> {
  await on.query(
    `insert into payments.policies (event_id, until_hours_before, percent, keep_fees) values ($1, $2, $3, $4)
     on conflict (event_id) do update set until_hours_before = $2, percent = $3, keep_fees = $4`,
    [eventId, untilHoursBefore, percent, keepFees],
  );
}

export async function deletePolicy(on: Queryable, eventId: string): Promise<void> {
  await on.query('delete from payments.policies where event_id = $1', [eventId]);
}
