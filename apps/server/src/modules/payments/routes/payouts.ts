import { MEMBER_PROBLEMS, OrganizationPath, PAYOUT_PAGE_DEFAULT, Payouts, PayoutsQuery, problemResponses } from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { listOwnEvents } from '../../catalog/index.ts';
import { makesTests } from '../../organizations/index.ts';
import { netDueMinor, type Payout } from '../payouts/add-up-payout.ts';
import { readPayouts, type Period } from '../payouts/read-payouts.ts';
import { common, type OrganizerRoutes } from './organizer-context.ts';

const schema = {
  ...common,
  operationId: 'readPayouts',
  summary: 'What an organization is due for its events',
  description:
    'By event and currency, of what money did from `from` on and before `until`; without both it is what the balances say, to the unit. Pages of events, as they are listed; events whose money did nothing are left out.',
  params: OrganizationPath,
  querystring: PayoutsQuery,
  response: { 200: Payouts, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function payoutsRoute(http: HttpServer, { payments, catalog, organizations }: OrganizerRoutes): void {
  http.get('/api/v1/organizations/:id/payouts', { schema, config: { permission: 'money.read' } }, async (request, reply) => {
    const { organizationId, actor } = await organizations.requireMember(request);
    const { from = null, until = null, limit = PAYOUT_PAGE_DEFAULT, starting_after: after } = request.query;
    const period: Period = { fromMs: msOf(from), untilMs: msOf(until) };
    const startingAfter = after === undefined ? null : parseId('evt', after);
    const page =
      after !== undefined && startingAfter === null
        ? null
        : await listOwnEvents(catalog, { organizationId, testsOnly: makesTests(actor), limit, startingAfter });
    if (page?.kind !== 'page') throw invalidField('/query/starting_after', 'must be the id of an event of the organization');
    const data: Payouts['data'] = [];
    for (const { words } of page.events) {
      for (const payout of await readPayouts(payments, words.eventId, period)) data.push(present(words, payout));
    }
    reply.header('cache-control', 'private, no-store');
    return { organization_id: formatId('org', organizationId), from, until, data, has_more: page.hasMore };
  });
}

function msOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}

function present({ eventId, title }: { eventId: string; title: string }, payout: Payout): Payouts['data'][number] {
  const { currency, salesMinor, discountsMinor, feesMinor, taxesMinor, refundsMinor, disputesMinor, liesWith } = payout;
  return {
    event_id: formatId('evt', eventId),
    title,
    currency,
    gross_sales_minor: salesMinor + discountsMinor,
    discounts_minor: discountsMinor,
    fees_minor: feesMinor,
    taxes_minor: taxesMinor,
    refunds_minor: refundsMinor,
    disputes_minor: disputesMinor,
    net_due_minor: netDueMinor(payout),
    lies_with: {
      provider_minor: liesWith.provider,
      cash_minor: liesWith.cash,
      card_at_door_minor: liesWith.card_at_door,
      external_minor: liesWith.external,
      owed_minor: liesWith.owed,
    },
  };
}
