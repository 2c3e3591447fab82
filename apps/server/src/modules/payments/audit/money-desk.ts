import { setTimeout as sleep } from 'node:timers/promises';
import { auditMoney, type MoneyAudit } from './audit-money.ts';
import type { MoneyReport } from './money-report.ts';

export type MoneyAnswer = { kind: 'report'; report: MoneyReport } | { kind: 'busy'; retryAfterSeconds: number };

/** Audits of money on demand, for anyone who asks. */
export type MoneyDesk = { audit(eventId: string): Promise<MoneyAnswer> };

/** The pause between two pages: an audit leaves the machine to the sale. */
const PAGE_GAP_MS = 10;
const REUSE_MS = 5_000;
const WAITING_MAX = 20;
const RETRY_AFTER_SECONDS = 5;

/** One runs at a time; whoever asks for an event whose audit is under way, or was a moment ago, gets that one. */
export function buildMoneyDesk(audit: MoneyAudit): MoneyDesk {
  const underWay = new Map<string, Promise<MoneyAnswer>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const pause = () => sleep(PAGE_GAP_MS, undefined, { ref: false });
  const forgetLater = (eventId: string): void => {
    setTimeout(() => underWay.delete(eventId), REUSE_MS).unref();
  };
  return {
    audit: (eventId) => {
      const known = underWay.get(eventId);
      if (known) return known;
      if (waiting >= WAITING_MAX) return Promise.resolve({ kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS });
      waiting += 1;
      const begun = last.then(async (): Promise<MoneyAnswer> => ({ kind: 'report', report: await auditMoney(audit, eventId, pause) }));
      last = begun.catch(() => undefined);
      underWay.set(eventId, begun);
      // A failure is told to those who wait for it, and to nobody else.
      begun.then(
        () => {
          waiting -= 1;
          forgetLater(eventId);
        },
        () => {
          waiting -= 1;
          underWay.delete(eventId);
        },
      );
      return begun;
    },
  };
}
