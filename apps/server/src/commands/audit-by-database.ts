import { auditMoney, presentMoneyAudit } from '../modules/payments/index.ts';
import { auditedEventIds, auditEvent, presentAudit } from '../modules/sales/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { formatId, parseId } from '../platform/ids/index.ts';
import type { AuditSource } from './audit-source.ts';
import { openReader } from './open-reader.ts';

/** Audits in this process, for a database whose server is elsewhere or not running. */
export function auditByDatabase(databaseUrl: string): AuditSource {
  const { db, sales, close } = openReader(databaseUrl);
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
    auditMoney: async (eventId) => {
      const id = parseId('evt', eventId);
      return id === null ? null : presentMoneyAudit(await auditMoney({ db, sales, clock: systemClock }, id));
    },
    close,
  };
}
