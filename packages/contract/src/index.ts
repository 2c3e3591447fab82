export { BODY_PROBLEMS, ERRORS, MEMBER_PROBLEMS, PERSON_PROBLEMS } from './errors.ts';
export type { ErrorCode, ErrorDefinition } from './errors.ts';
export { FieldError, Problem, PROBLEM_MEDIA_TYPE, problemResponses } from './problem.ts';
export type { ProblemResponses } from './problem.ts';
export {
  AmountMinor,
  AMOUNT_MINOR_MAX,
  BookingId,
  Capacity,
  CAPACITY_MAX,
  closed,
  closedOrNothing,
  Currency,
  EmptyBody,
  EventId,
  NullableTime,
  OrganizationId,
  QuestionId,
  QuotaId,
  TicketTypeId,
  Time,
  VenueId,
} from './scalars.ts';
export {
  ApiKey,
  ApiKeyList,
  ApiKeyPath,
  CreatedApiKey,
  CreateOrganizationKeyBody,
  CreatePersonalKeyBody,
  OrganizationKeyPath,
} from './api-keys.ts';
export { BuyerSession } from './buyer-sessions.ts';
export {
  BOOKING_PAGE_DEFAULT,
  BookingList,
  BuyerClaim,
  ClaimBuyerBody,
  ClaimedBookingList,
  ClaimedSessions,
  ClaimPath,
  Contact,
  ListBookingsQuery,
  OpenBookingLinkBody,
  OpenedBookings,
  RequestBookingLinkBody,
  SetContactBody,
} from './buyers.ts';
export {
  ChangeMeBody,
  ConfirmSecondFactorBody,
  MailSent,
  Me,
  RecoveryCodes,
  RefreshSessionBody,
  RequestPasswordResetBody,
  ResetPasswordBody,
  SecondFactorSecret,
  Session,
  SessionList,
  SessionPath,
  SessionTokens,
  SetUpSecondFactorBody,
  SignInBody,
  SignUpBody,
  VerifyEmailBody,
} from './accounts.ts';
export {
  ACCESS_CODE_CHARS_MAX,
  Booking,
  BOOKING_LINES_MAX,
  BOOKING_QUANTITY_MAX,
  BOOKING_STATE_NAMES,
  BookingLine,
  BookingPath,
  ExtendBookingRequest,
  EXTENSION_SECONDS_MAX,
  OFFERED_TICKETS_MAX,
  OfferTicketsRequest,
  PlaceBookingRequest,
  TICKET_NUMBER_MAX,
} from './bookings.ts';
export {
  Charges,
  ChangePromoCodeBody,
  CreatePromoCodeBody,
  type FeeBody,
  Pricing,
  PricingBody,
  PromoCodeAnswer,
  PromoCodeList,
  PromoCodeText,
} from './prices.ts';
export { Payment } from './payments.ts';
export { Quote, QuoteRequest } from './quotes.ts';
export {
  AcceptedInvitation,
  AcceptInvitationBody,
  type ActionActor,
  ActionList,
  ChangeMemberBody,
  ChangeOrganizationBody,
  CreateOrganizationBody,
  Invitation,
  InvitationList,
  InvitationPath,
  InviteBody,
  Member,
  MemberList,
  MemberPath,
  OrganizationPath,
  OwnOrganization,
  OwnOrganizationList,
  PurgedTestData,
  ROLE_NAMES,
} from './organizations.ts';
export {
  AddPasskeyBody,
  AskForPasskeyBody,
  Passkey,
  PasskeyCreationOptions,
  PasskeyList,
  PasskeyPath,
  PasskeyRequestOptions,
  SignInWithPasskeyBody,
} from './passkeys.ts';
export {
  AnyOrganization,
  AnyOrganizationList,
  ListAllOrganizationsQuery,
  Operator,
  OPERATOR_PAGE_DEFAULT,
  OperatorList,
} from './operators.ts';
export { CATEGORIES, Category, LANGUAGES_MAX, LocalTime, Place, TAG_CHARS_MAX, TAGS_MAX } from './event-words.ts';
export {
  ChangedEvent,
  ChangeEventBody,
  ListOrganizerEventsQuery,
  OrganizerEvent,
} from './organizer-events.ts';
export { ChangeVenueBody, CreateVenueBody, EventVenue, ListVenuesQuery, Venue, VenueList, VenuePath } from './places.ts';
export { Picture, PictureList } from './pictures.ts';
export { ChangeProfileBody, OrganizationProfile, OrganizationSlugPath, Organizer } from './profiles.ts';
export { ChangeQuestionBody, CreateQuestionBody, OrganizerQuestion, OrganizerQuestionList, Question, QuestionPath } from './questions.ts';
export { Consequences, ConsequencesQuery } from './consequences.ts';
export { Health } from './health.ts';
export {
  AUDIT_PROBLEMS_MAX,
  AUDIT_PROBLEM_CODES,
  Audit,
  AuditPath,
  AuditProblem,
  AuditedQuota,
  AuditedTicketType,
  ReadAuditQuery,
} from './audit.ts';
export {
  EVENT_PAGE_DEFAULT,
  EventDetail,
  EventList,
  EventParams,
  EventSummary,
  EventTicketType,
  ListEventsQuery,
  Organization,
  ReadEventQuery,
  SaleState,
  TicketTypeState,
} from './catalog.ts';
export {
  ChangeQuotaBody,
  ChangeSaleBody,
  ChangeTicketTypeBody,
  CreateEventBody,
  CreateQuotaBody,
  CreateTicketTypeBody,
  DuplicateEventBody,
  OwnEventPath,
  ListPromoCodesQuery,
  OwnPromoCodePath,
  OwnQuotaPath,
  OwnTicketTypePath,
  QuotaAnswer,
  QuotaList,
  SaleAnswer,
  SetAsideBody,
  TicketTypeAnswer,
  TicketTypeList,
} from './organizer.ts';
