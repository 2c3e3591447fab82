import { Type, type Static } from 'typebox';
import { PersonId } from './accounts.ts';
import { Organization } from './catalog.ts';
import { closed, EventId, nullable, OrganizationId, Time } from './scalars.ts';

export const OPERATOR_PAGE_DEFAULT = 20;
const OPERATOR_PAGE_MAX = 100;

export const Operator = Type.Object({ person_id: PersonId, name: Type.String(), email: Type.String(), since: Time }, { title: 'Operator' });
export type Operator = Static<typeof Operator>;
export const OperatorList = Type.Object({ data: Type.Array(Operator) }, { title: 'OperatorList' });

export const ListAllOrganizationsQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: OPERATOR_PAGE_MAX, default: OPERATOR_PAGE_DEFAULT })),
  starting_after: Type.Optional(OrganizationId),
});

/** An organization as the operator of the platform sees it. */
export const AnyOrganization = Type.Object(
  { ...Organization.properties, created_at: Time, member_count: Type.Integer({ minimum: 0 }) },
  { title: 'AnyOrganization' },
);
export type AnyOrganization = Static<typeof AnyOrganization>;
export const AnyOrganizationList = Type.Object(
  {
    data: Type.Array(AnyOrganization, { maxItems: OPERATOR_PAGE_MAX }),
    has_more: Type.Boolean({ description: 'Whether a page starting_after the last id of this one would have any.' }),
  },
  { title: 'AnyOrganizationList' },
);
export type AnyOrganizationList = Static<typeof AnyOrganizationList>;

export const ListPaymentNoticesQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: OPERATOR_PAGE_MAX, default: OPERATOR_PAGE_DEFAULT })),
});

/** Texts of the provider are as it wrote them. */
export const PaymentNoticeList = Type.Object(
  {
    data: Type.Array(
      Type.Object({
        at: Time,
        event_id: nullable(EventId),
        reason: Type.String(),
        booking: nullable(Type.String({ description: 'The booking by the name that the provider has for it.' })),
        payment_ref: Type.String(),
        amount_minor: nullable(Type.Integer()),
        currency: nullable(Type.String()),
        detail: Type.String(),
      }),
      { maxItems: OPERATOR_PAGE_MAX },
    ),
  },
  { title: 'PaymentNoticeList' },
);
