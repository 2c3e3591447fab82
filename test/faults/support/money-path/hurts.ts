import { parseId } from '../../../../apps/server/src/platform/ids/index.ts';
import type { Told } from './story.ts';

/** Ways in which a story that has ended well can be made to have ended badly: the checks must see each. */
export const HURTS: Readonly<Record<string, (told: Told) => Promise<unknown>>> = {
  'a ticket is missing': (told) => sql(told, 'delete from tickets.tickets where event_id = $1 and number = 1'),
  'a ticket is worth nothing': (told) =>
    sql(
      told,
      `update tickets.tickets set state = 'revoked', revoked_at = now(), revoked_reason = 'refund' where event_id = $1 and number = 2`,
    ),
  'a transfer is missing': (told) => sql(told, 'delete from payments.transfers where event_id = $1'),
  'a balance is wrong': (told) =>
    sql(told, `update payments.balances set debit_minor = debit_minor + 1 where event_id = $1 and account = 'provider'`),
  'stock did not come back': (told) => sql(told, 'update sales.ticket_types set held = held + 1 where event_id = $1'),
  'something stays owed': (told) =>
    sql(
      told,
      `insert into payments.owed (event_id, id, kind, booking_id, payment_ref, amount_minor, currency, reason, created_at, next_try_at)
       select event_id, gen_random_uuid(), 'refund', booking_id, 'none', 1, 'EUR', 'hurt', now(), 'infinity' from payments.transfers where event_id = $1`,
    ),
  'the booking says that nobody paid': (told) => sql(told, 'update sales.bookings set paid_minor = 0 where event_id = $1'),
  'the provider gave money back that was not owed': ({ stage, intent }) =>
    stage.provider.refund({ key: 'hurt', ref: intent?.ref ?? '', amountMinor: 1, reason: 'hurt' }),
};

function sql({ stage, event }: Told, text: string): Promise<unknown> {
  return stage.db.query(text, [parseId('evt', event.id)]);
}
