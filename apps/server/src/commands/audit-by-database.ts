import { auditedEventIds, auditEvent, presentAudit } from '../modules/sales/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { openDb } from '../platform/db/index.ts';
import { formatId, parseId } from '../platform/ids/index.ts';
import type { AuditSource } from './audit-source.ts';

/** Audits in this process, for a database whose server is elsewhere or not running. */
export function auditByDatabase(databaseUrl: string): AuditSource {
  const db = openDb({ url: databaseUrl, poolMax: 1, onError: () => undefined });
  return {
    name: 'the database of DATABASE_URL',
    eventIds: async function* () {
      for await (const id of auditedEventIds(db)) yield formatId('evt', id);
    },
    audit: async (eventId, { full }) => {
      const id = parseId('evt', eventId);
      const report = id === null ? null : await auditEvent({ db, clock: systemClock }, id, { full });
      return report && presentAudit(report);
    },
    close: () => db.close(),
  };
}
