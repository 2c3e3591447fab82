import type { Audit, MoneyAudit } from '@tessera/contract';

/** Where the command gets its audits from: a server's API, or a database without a server. */
export type AuditSource = {
  /** In words, for the first line. */
  name: string;
  eventIds(): AsyncIterable<string>;
  /** Null if there is no such event. */
  audit(eventId: string, options: { full: boolean }): Promise<Audit | null>;
  /** Whether the money of the event adds up; null if there is no such event. */
  auditMoney(eventId: string): Promise<MoneyAudit | null>;
  close(): Promise<void>;
};
