import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Sales } from '../sales/index.ts';
import type { Catalog, PurgePart } from './catalog.ts';
import { organizerRoutes } from './organizer/organizer-routes.ts';
import { listAllOrganizationsRoute } from './routes/list-all-organizations.ts';
import { listEventsRoute } from './routes/list-events.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { purgeTestDataRoute } from './routes/purge-test-data.ts';
import { listPicturesRoute } from './routes/pictures.ts';
import { readEventRoute } from './routes/read-event.ts';
import { readProfileRoute } from './routes/read-profile.ts';
import { readOrganizations } from './queries/organizations.ts';

export type CatalogOptions = { db: Db; sales: Sales; clock: Clock; purges?: readonly PurgePart[] };

export type CatalogModule = Catalog & {
  hasOrganization(id: string): Promise<boolean>;
  /** Registers the module's routes. */
  routes(http: HttpServer): void;
  /** The routes of organizations, of who acts for them, and of what members do with their events. */
  organizationRoutes(http: HttpServer, organizations: Organizations): void;
};

/** The words and pictures of events, and what their organizers set up. */
export function buildCatalog({ db, sales, clock, purges = [] }: CatalogOptions): CatalogModule {
  const catalog: Catalog = { db, sales, clock, purges };
  return {
    ...catalog,
    hasOrganization: async (id) => (await readOrganizations(db, [id])).has(id),
    routes: (http) => {
      listEventsRoute(http, catalog);
      readEventRoute(http, catalog);
      readProfileRoute(http, catalog);
      listPicturesRoute(http);
    },
    organizationRoutes: (http, organizations) => {
      organizationRoutes(http, { catalog, organizations });
      organizerRoutes(http, { catalog, organizations });
      purgeTestDataRoute(http, { catalog, organizations });
      listAllOrganizationsRoute(http, { catalog, organizations });
      organizations.routes(http, async (id) => (await readOrganizations(db, [id])).get(id)?.name ?? '');
    },
  };
}

export type { Catalog, PurgePart } from './catalog.ts';
export type { EventWords } from './words.ts';
export type { Answer, AnswerValue } from './answers/answer.ts';
export { checkAnswers, questionsFor, type Respondent } from './answers/check-answers.ts';
export { requireOwnEvent, type OwnEvent } from './organizer/own-event.ts';
export { keepEvent, readEventOwner, readEventStart } from './queries/events.ts';
export { readQuestions, type QuestionRecord } from './queries/questions.ts';
export { readTicketTypeWords } from './queries/ticket-types.ts';
export { countryName } from './country-codes.ts';
export { SHIPPED_PICTURES, type PictureFamily } from './pictures.ts';
export { DEFAULT_SALE_TERMS, DEFAULT_TICKET_TYPE_TERMS } from './default-terms.ts';
export { changeSale } from './change-sale.ts';
export { createEvent } from './create-event.ts';
export { createOrganization } from './create-organization.ts';
export { createPromoCode } from './create-promo-code.ts';
export { createQuota } from './create-quota.ts';
export { createTicketType } from './create-ticket-type.ts';
export { listEvents } from './list-events.ts';
export { listOwnEvents } from './list-own-events.ts';
export { presentEvent, presentEventSummary } from './present-event.ts';
export { readEvent, type EventView } from './read-event.ts';
export { instantMs } from './instant.ts';
export { readEventTitle } from './read-event-title.ts';
