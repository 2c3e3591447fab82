import type { HttpServer } from '../../../../platform/http/index.ts';
import { buildScanPermits } from '../scan-permits.ts';
import { checkInBulkRoute } from './check-in-bulk.ts';
import { checkInRoute } from './check-in.ts';
import type { DoorRoutes } from './documents.ts';
import { doorCountsRoute } from './door-counts.ts';
import { doorListRoute } from './door-list.ts';
import { gateRoutes } from './gates.ts';
import { listCheckInsRoute } from './list-check-ins.ts';
import { undoCheckInRoute } from './undo-check-in.ts';

/** What happens at the doors of an event. */
export function doorRoutes(http: HttpServer, parts: DoorRoutes): void {
  const permitOf = buildScanPermits(parts.requireOwnEvent);
  checkInRoute(http, parts, permitOf);
  checkInBulkRoute(http, parts, permitOf);
  undoCheckInRoute(http, parts);
  listCheckInsRoute(http, parts);
  gateRoutes(http, parts);
  doorCountsRoute(http, parts);
  doorListRoute(http, parts);
}
