import assert from 'node:assert/strict';
import { KEPT_LINES } from '../../apps/server/src/modules/sales/test/recount.ts';
import type { Queryable } from '../../apps/server/src/platform/db/index.ts';

/** What a counter says and what the rows behind it say, wherever they differ: one statement, one snapshot. */
const RECOUNT_TEXT = `
  with
    head as (select * from sales.heads where event_id = $1),
    ledger as (select * from sales.ledger where event_id = $1),
    last_entries as (select booking_id, max(seq) seq from ledger group by booking_id),
    live as (select buyer_key, stock, ticket_type_id, quantity from ${KEPT_LINES} k),
    types as (
      select t.id, t.capacity, t.held, t.sold, t.set_aside,
        coalesce((select sum(capacity_delta) from ledger where ticket_type_id = t.id), 0) ledger_capacity,
        coalesce((select sum(held_delta) from ledger where ticket_type_id = t.id), 0) ledger_held,
        coalesce((select sum(sold_delta) from ledger where ticket_type_id = t.id), 0) ledger_sold,
        coalesce((select sum(set_aside_delta) from ledger where ticket_type_id = t.id), 0) ledger_set_aside,
        coalesce((select sum(quantity) from live where ticket_type_id = t.id and stock = 'held'), 0) booked_held,
        coalesce((select sum(quantity) from live where ticket_type_id = t.id and stock = 'sold'), 0) booked_sold
      from sales.ticket_types t where t.event_id = $1
    ),
    quotas as (
      select q.*, coalesce(m.held, 0) members_held, coalesce(m.sold, 0) members_sold, coalesce(m.set_aside, 0) members_set_aside,
        coalesce((select sum(capacity_delta) from ledger where quota_id = q.id), 0) ledger_capacity
      from sales.quotas q
      left join lateral (
        select sum(t.held) held, sum(t.sold) sold, sum(t.set_aside) set_aside
        from sales.quota_ticket_types m join types t on t.id = m.ticket_type_id
        where m.event_id = $1 and m.quota_id = q.id
      ) m on true
      where q.event_id = $1
    )
  select 'facts are not dense' problem, null subject from head
    where fact_seq <> (select count(*) from facts.facts where event_id = $1)
      or fact_seq <> (select coalesce(max(seq), 0) from facts.facts where event_id = $1)
  union all
  select 'the ledger is not dense', null from head
    where ledger_seq <> (select count(*) from ledger) or ledger_seq <> (select coalesce(max(seq), 0) from ledger)
  union all
  select 'a ticket type differs from its ledger', id::text from types
    where (capacity, held, sold, set_aside) is distinct from (ledger_capacity, ledger_held, ledger_sold, ledger_set_aside)
  union all
  select 'a ticket type differs from its bookings', id::text from types where (held, sold) is distinct from (booked_held, booked_sold)
  union all
  select 'a ticket type is oversold', id::text from types where least(held, sold, set_aside) < 0 or held + sold + set_aside > capacity
  union all
  select 'a quota differs from its ticket types', id::text from quotas
    where (held, sold, set_aside) is distinct from (members_held, members_sold, members_set_aside)
  union all
  select 'a quota’s capacity differs from its ledger', id::text from quotas where capacity <> ledger_capacity
  union all
  select 'a quota is oversold', id::text from quotas where held + sold + set_aside > capacity
  union all
  select 'a buyer’s total differs from the bookings', coalesce(t.buyer_key, c.buyer_key)::text
    from (select buyer_key, ticket_type_id, quantity from sales.buyer_totals where event_id = $1 and quantity <> 0) t
    full join (select buyer_key, ticket_type_id, sum(quantity) quantity from live group by 1, 2 having sum(quantity) <> 0) c using (buyer_key, ticket_type_id)
    where t.quantity is distinct from c.quantity
  union all
  select 'a booking differs from its lines', b.id::text from sales.bookings b
    left join lateral (
      select sum(quantity) quantity, sum(quantity * unit_price_minor) total_minor
      from sales.booking_lines l where l.event_id = $1 and l.booking_id = b.id
    ) c on true
    where b.event_id = $1 and (b.quantity, b.total_minor) is distinct from (c.quantity, c.total_minor + b.extra_minor)
  union all
  select 'a promo code differs from its bookings', p.code from sales.promo_codes p
    where p.event_id = $1 and (p.used > p.uses_max or p.used <> (select count(*) from sales.bookings b
      where b.event_id = $1 and b.promo_code = p.code and b.state in ('held', 'awaiting_payment', 'confirmed', 'partially_refunded')))
  union all
  select 'a buyer’s uses differ from the bookings', coalesce(u.code, c.code)
    from (select buyer_key, code, uses from sales.promo_uses where event_id = $1 and uses <> 0) u
    full join (
      select b.buyer_key, p.code, count(*) uses
      from sales.bookings b join sales.promo_codes p on p.event_id = $1 and p.code = b.promo_code and p.buyer_uses_max is not null
      where b.event_id = $1 and b.state in ('held', 'awaiting_payment', 'confirmed', 'partially_refunded') group by 1, 2
    ) c on c.buyer_key = u.buyer_key and c.code = u.code
    where u.uses is distinct from c.uses
  union all
  select 'a booking does not name its last entry in the ledger', b.id::text
    from sales.bookings b left join last_entries e on e.booking_id = b.id
    where b.event_id = $1 and b.ledger_seq is distinct from e.seq`;

/** The same of money and tickets. */
const RECOUNT_MONEY_TEXT = `
  with
    transfers as (select * from payments.transfers where event_id = $1),
    moves as (
      select booking_id, debit account, currency, amount_minor from transfers
      union all select booking_id, credit, currency, -amount_minor from transfers
    ),
    bookings as (select * from sales.bookings where event_id = $1),
    sold as (select * from bookings where state in ('confirmed', 'partially_refunded') or cardinality(returned) > 0)
  select 'the transfers are not dense' problem, null subject from sales.heads
    where event_id = $1 and (transfer_seq <> (select count(*) from transfers) or transfer_seq <> (select coalesce(max(seq), 0) from transfers))
  union all
  select 'an account differs from its transfers', coalesce(b.account, m.account)
    from (select account, currency, debit_minor - credit_minor balance from payments.balances where event_id = $1) b
    full join (select account, currency, sum(amount_minor) balance from moves group by 1, 2) m using (account, currency)
    where b.balance is distinct from m.balance
  union all
  select 'a booking differs from its transfers', b.id::text from bookings b
    left join (select booking_id, -sum(amount_minor) minor from moves where account in ('sales', 'fees', 'taxes') group by 1) m
      on m.booking_id = b.id
    where b.paid_minor - b.refunded_minor <> coalesce(m.minor, 0)
  union all
  select 'what is owed differs from its account', null
    from (select coalesce(sum(amount_minor), 0) minor from payments.owed where event_id = $1 and kind = 'refund' and done_at is null) o,
      (select coalesce(-sum(amount_minor), 0) minor from moves where account = 'owed') m
    where o.minor <> m.minor
  union all
  select 'a booking gives back more than was paid', id::text from bookings where refunded_minor > paid_minor
  union all
  select 'a booking differs from its tickets', coalesce(s.id, t.booking_id)::text from sold s
    full join (select booking_id, count(*) tickets, count(*) filter (where state = 'revoked') revoked
      from tickets.tickets where event_id = $1 group by 1) t on t.booking_id = s.id
    where (s.quantity, coalesce(cardinality(s.returned), 0)) is distinct from (t.tickets, t.revoked)`;

/** Recounts an event from its rows alone, without the model. */
export async function recount(db: Queryable, eventId: string): Promise<void> {
  const problems: unknown[] = [];
  for (const text of [RECOUNT_TEXT, RECOUNT_MONEY_TEXT]) problems.push(...(await db.query(text, [eventId])));
  assert.deepEqual(problems, [], `event ${eventId} does not add up`);
}
