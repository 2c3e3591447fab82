/** What the tables say of an event's money and tickets, one line each, in the notebook's words and sorted. */
export type StoredMoney = { bookings: string[]; balances: string[]; owed: string[]; tickets: string[]; transfers: number };

const lines = (text: string, from: string): string =>
  `(select coalesce(json_agg(line order by line collate "C"), '[]') from (select concat_ws(' ', ${text}) as line from ${from}) l)`;

/** One column for one statement, whose snapshot it shares; $1 is a list of one event. */
export const READ_MONEY_TEXT = `select json_build_object(
  'bookings', ${lines(
    `id, state, paid_minor, refunded_minor, refunded_extra_minor, disputed_minor, coalesce(dispute, '-'), coalesce(tender, '-'),
      coalesce(payment_ref, '-'), coalesce(array_to_string(returned, ','), '-')`,
    'sales.bookings where event_id = any($1::uuid[])',
  )},
  'balances', ${lines(
    'account, currency, debit_minor - credit_minor',
    'payments.balances where event_id = any($1::uuid[]) and debit_minor <> credit_minor',
  )},
  'owed', ${lines(
    `id, kind, booking_id, amount_minor, currency,
      case when done_at is not null then 'done' when failed_at is not null then 'failed' else 'open' end`,
    'payments.owed where event_id = any($1::uuid[])',
  )},
  'tickets', ${lines('booking_id, number, ticket_type_id, buyer_key, state', 'tickets.tickets where event_id = any($1::uuid[])')},
  'transfers', (select transfer_seq from sales.heads where event_id = any($1::uuid[])))`;

export function parseMoney(value: unknown): StoredMoney | null {
  return value === null ? null : (value as StoredMoney);
}
