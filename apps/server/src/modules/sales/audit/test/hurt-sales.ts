import assert from 'node:assert/strict';
import { createDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { uuidFromText } from '../../../../platform/ids/index.ts';
import { auditEvent } from '../audit-event.ts';
import type { AuditProblem, AuditProblemCode, AuditReport } from '../audit-report.ts';
import { createTestSale, writeActions, type TestSale } from './sale-writer.ts';

export type Damage = { seed: string; hurt: (sale: TestSale) => Promise<unknown>; codes: AuditProblemCode[]; full?: boolean };

/** Sales to be hurt behind the lane's back, in a database whose constraints no longer catch it. */
export type HurtSales = {
  db: Db;
  create(seed: string): Promise<TestSale>;
  audit(sale: TestSale, full: boolean): Promise<AuditReport>;
  /**
   * Hurts a new sale, after a clean full audit if the damage is to be found by a full one. The audit must then find
   * exactly these codes, and leave its checkpoint. Answers the problems.
   */
  assertFound(damage: Damage): Promise<{ sale: TestSale; problems: AuditProblem[] }>;
  close(): Promise<void>;
};

export const bookingOf = (sale: TestSale, number: number): string => uuidFromText(`${sale.eventId} booking ${number}`);
export const buyerOf = (sale: TestSale, number: number): string => uuidFromText(`${sale.eventId} buyer ${number}`);

export async function openHurtSales(): Promise<HurtSales> {
  const database = await createDatabase();
  const db = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
  await db.query('alter table sales.ticket_types drop constraint ticket_types_not_oversold');
  await db.query('alter table sales.quotas drop constraint quotas_not_oversold');
  await db.query('alter table sales.buyer_totals drop constraint buyer_totals_quantity');
  await db.query('alter table sales.promo_codes drop constraint promo_codes_not_overused');
  await db.query('alter table sales.promo_uses drop constraint promo_uses_uses');
  return {
    db,
    create: (seed) => createSale(db, seed),
    audit: (sale, full) => audit(db, sale, full),
    assertFound: (damage) => assertFound(db, damage),
    close: async () => {
      await db.close();
      await database.close();
    },
  };
}

/**
 * Three types of 100; booking 0 to 5 of 2 + 1 tickets, the 2 of them in two lines for the odd ones; 1 is confirmed, 2
 * released, 3 sold at once, 4 expired. 0, 2 and 3 use the code EACH-0, 1, 4 and 5 the code OPEN-1.
 */
async function createSale(db: Db, seed: string): Promise<TestSale> {
  const ids = ['a', 'b', 'c'].map((name) => uuidFromText(`${seed} type ${name}`));
  const sale = { eventId: uuidFromText(seed), ticketTypeIds: ids, quotaId: uuidFromText(`${seed} quota`) };
  await createTestSale(db, sale, 100);
  const one = { ticketTypeId: ids[0]!, quantity: 1 };
  const other = { ticketTypeId: ids[2]!, quantity: 1 };
  for (let number = 0; number < 6; number += 1) {
    const kind = number === 3 ? 'sell' : 'hold';
    const lines = number % 2 === 0 ? [{ ...one, quantity: 2 }, other] : [one, one, other];
    const promoCode = [0, 2, 3].includes(number) ? 'EACH-0' : 'OPEN-1';
    await writeActions(db, sale, [{ kind, bookingId: bookingOf(sale, number), buyerKey: buyerOf(sale, number % 3), lines, promoCode }]);
  }
  await writeActions(db, sale, [
    { kind: 'confirm', bookingId: bookingOf(sale, 1) },
    { kind: 'release', bookingId: bookingOf(sale, 2) },
    { kind: 'expire', bookingId: bookingOf(sale, 4) },
  ]);
  return sale;
}

async function audit(db: Db, sale: TestSale, full: boolean): Promise<AuditReport> {
  const report = await auditEvent({ db, clock: systemClock }, sale.eventId, { full });
  assert.ok(report);
  return report;
}

async function assertFound(db: Db, { seed, hurt, codes, full = false }: Damage): Promise<{ sale: TestSale; problems: AuditProblem[] }> {
  const sale = await createSale(db, seed);
  if (full) assert.deepEqual((await audit(db, sale, true)).problems, []);
  await hurt(sale);
  const before = await readCheckpoint(db, sale);
  const report = await audit(db, sale, full);
  assert.equal(report.verdict, 'broken');
  assert.deepEqual([...new Set(report.problems.map((problem) => problem.code))].sort(), [...codes].sort());
  assert.deepEqual(await readCheckpoint(db, sale), before);
  return { sale, problems: report.problems };
}

function readCheckpoint(db: Db, sale: TestSale): Promise<{ ledger_seq: string }[]> {
  return db.query('select ledger_seq from sales.audit_checkpoints where event_id = $1', [sale.eventId]);
}
