import assert from 'node:assert/strict';
import type { Queryable } from '../../../../apps/server/src/platform/db/index.ts';

/** Each statement answers rows only where the money of an event does not add up. They share no code with the lane or the money audit. */
const BREACHES: Readonly<Record<string, string>> = {
  'transfers have a gap, or the head another number': `
    select * from (select h.transfer_seq, count(t.seq) as rows, coalesce(max(t.seq), 0) as last
      from sales.heads h left join payments.transfers t on t.event_id = h.event_id where h.event_id = $1 group by 1) n
    where transfer_seq <> rows or transfer_seq <> last`,
  'a balance is not what its transfers add up to': `
    select coalesce(b.account, s.account), b.debit_minor, b.credit_minor, s.debit, s.credit
    from (select * from payments.balances where event_id = $1) b
    full join (select account, currency, sum(debit) as debit, sum(credit) as credit from (
        select debit as account, currency, amount_minor as debit, 0 as credit from payments.transfers where event_id = $1
        union all select credit, currency, 0, amount_minor from payments.transfers where event_id = $1) e group by 1, 2) s
      on s.account = b.account and s.currency = b.currency
    where (b.debit_minor, b.credit_minor) is distinct from (s.debit, s.credit)`,
  'something is owed, or failed, or is on the account for it': `
    select 'row' as what, id::text from payments.owed where event_id = $1 and done_at is null
    union all select 'account', currency from payments.balances where event_id = $1 and account = 'owed' and debit_minor <> credit_minor`,
  'the provider has said something that could not be used': `select reason, detail from payments.notices where event_id = $1`,
  'stock is not what the bookings say': `
    select t.held, t.sold, c.sold as counted from sales.ticket_types t
    cross join lateral (select coalesce(sum(q), 0) as sold from sales.bookings b, unnest(b.line_quantities) q
      where b.event_id = t.event_id and b.state = 'confirmed') c
    where t.event_id = $1 and (t.held <> 0 or t.sold <> c.sold)`,
  'a booking has other valid tickets than it has bought': `
    select b.id, b.state, c.quantity, t.valid from sales.bookings b
    cross join lateral (select sum(q) as quantity from unnest(b.line_quantities) q) c
    cross join lateral (select count(*) filter (where state = 'valid') as valid, count(*) as issued from tickets.tickets k
      where k.event_id = b.event_id and k.booking_id = b.id) t
    where b.event_id = $1 and (t.valid <> (case when b.state = 'confirmed' then c.quantity else 0 end)
      or t.issued <> (case when b.confirmed_at is null then 0 else c.quantity end))`,
};

/** Fails unless ledger, balances, what is owed, stock and tickets of an event that has come to rest tell one story. */
export async function assertMoneySound(db: Queryable, eventId: string): Promise<void> {
  for (const [breach, text] of Object.entries(BREACHES)) {
    const rows = await db.query(text, [eventId]);
    assert.deepEqual(rows, [], breach);
  }
}
