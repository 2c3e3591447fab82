import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openLaneConnection, type LaneConnection } from '../../../../platform/db/index.ts';
import type { Command } from '../../commands.ts';
import type { Changes } from '../../decide/changes.ts';
import { decide } from '../../decide/decide.ts';
import type { SaleState } from '../../decide/state.ts';
import type { Outcome } from '../../outcomes.ts';
import { anId, hold, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { breakStatements, raise } from '../../test/break-statements.ts';
import { createCode } from '../../test/promo.ts';
import { assertSound, countStates, readCounters } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { BatchFailed, executeBatch, waitForHead, type Batch } from '../../../../platform/lane/execute-batch.ts';
import { lockHead } from '../../../../platform/lane/lock-head.ts';
import { readState } from '../read-state.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { writeChanges } from '../write-changes.ts';
import { SALE_BATCHES } from './sale-batches.ts';
import { COMMIT_CALL, ROLLBACK_CALL } from '../../../../platform/lane/lane-statements.ts';

const sales = await openSales();
const connection = await openLaneConnection(sales.url);
after(async () => {
  await connection.close();
  await sales.closeAll();
});

describe('the tag of COMMIT decides', () => {
  /** A driver that hides every error of the second trip, as one would that takes the last answer for all. */
  function hideErrors(real: LaneConnection): LaneConnection {
    return {
      get isBroken() {
        return real.isBroken;
      },
      roundTrip: async (calls) => {
        const settled = await Promise.allSettled(calls.map((call) => real.roundTrip([call])));
        return settled.map((answer) => (answer.status === 'fulfilled' ? answer.value[0]! : { tag: 'SELECT', rows: [] }));
      },
      close: () => real.close(),
    };
  }

  test('a COMMIT that answers ROLLBACK is a failure, also when no error was seen', async () => {
    const event = await openEvent(sales, [{ capacity: 10 }]);
    const breakage = await breakStatements(sales.db, { table: 'sales.bookings', times: 1, action: raise('40001') });
    const failed = executeBatch(hideErrors(connection), batchOf(event));
    await assert.rejects(failed, (error) => error instanceof BatchFailed && /ended with ROLLBACK/.test(String(error.cause)));
    assert.equal(await breakage.mend(), 1);
    assert.deepEqual(await countStates(sales.db, event.eventId), {});
    const { outcomes } = await executeBatch(hideErrors(connection), batchOf(event));
    assert.equal(outcomes[0]?.kind, 'booking', 'without the failure the same driver is answered');
  });
});

test('a command that cannot be asked about fails as one that cannot be decided, and gives the head back', async () => {
  const event = await openEvent(sales, [{ capacity: 10 }]);
  for (const lock of [null, await waitForHead(connection, LOCK_HEAD, event.eventId)]) {
    const failed = executeBatch(connection, { ...batchOf(event), commands: [{ ...placeCommand(event), bookingId: 'no booking' }], lock });
    await assert.rejects(failed, (error) => error instanceof BatchFailed && error.at === 'decide');
    assert.equal((await hold(sales, event)).kind, 'booking');
  }
});

function batchOf(event: EventUnderTest): Batch<Command, Outcome> {
  return { context: SALE_BATCHES, eventId: event.eventId, commands: [placeCommand(event)], lock: null };
}

describe('a decide with a bug oversells nothing', () => {
  type HeldEvent = EventUnderTest & { buyerKey: string };
  type Sabotage = (changes: Changes, event: HeldEvent, state: SaleState) => void;

  /** Decides a batch of one hold as the lane does, spoils the decision, and writes it. */
  async function writeSabotaged(event: HeldEvent, sabotage: Sabotage): Promise<void> {
    const command = placeCommand(event);
    const read = readState(event.eventId, [command]);
    const lock = lockHead(LOCK_HEAD, event.eventId);
    const answers = await connection.roundTrip([...lock, ...read.calls]);
    const parsed = read.parse(answers.slice(lock.length));
    assert.ok(parsed);
    const { changes } = decide(parsed.state, [command], parsed.nowMs);
    sabotage(changes, event, parsed.state);
    await connection.roundTrip([...writeChanges(parsed.state, changes, parsed.nowMs), COMMIT_CALL]);
  }

  const deltaOf = (changes: Changes, event: EventUnderTest) => changes.ticketTypeDeltas.get(event.ticketTypeIds[0] ?? '')!;

  const SABOTAGES: Readonly<Record<string, [Sabotage, string]>> = {
    'holds more than there is': [(changes, event) => (deltaOf(changes, event).held = 11), 'ticket_types_not_oversold'],
    'sells more than there is': [(changes, event) => (deltaOf(changes, event).sold = 11), 'ticket_types_not_oversold'],
    'sets more aside than there is': [(changes, event) => (deltaOf(changes, event).setAside = 11), 'ticket_types_not_oversold'],
    'gives back what nobody held': [(changes, event) => (deltaOf(changes, event).held = -2), 'ticket_types_not_oversold'],
    'lowers the capacity below what is taken': [(changes, event) => (deltaOf(changes, event).capacity = -10), 'ticket_types_not_oversold'],
    'forgets a quota that is full': [
      (changes, _event, state) =>
        changes.quotaDeltas.set([...state.quotas.keys()][0] ?? '', { capacity: 0, held: 6, sold: 0, setAside: 0 }),
      'quotas_not_oversold',
    ],
    'takes more from a buyer than the buyer has': [
      (changes, event) => {
        changes.buyerDeltas.clear();
        changes.buyerDeltas.set(event.buyerKey, new Map([[event.ticketTypeIds[0] ?? '', -2]]));
      },
      'buyer_totals_quantity',
    ],
    'uses a promo code more often than it may': [(changes) => changes.promoDeltas.set('ONCE', 2), 'promo_codes_not_overused'],
    'gives back more uses than there are': [(changes) => changes.promoDeltas.set('ONCE', -1), 'promo_codes_not_overused'],
    'places the same booking twice': [(changes) => changes.newBookings.push(changes.newBookings[0]!), 'bookings_pkey'],
    'books no tickets': [(changes) => changes.newBookings.push({ ...changes.newBookings.pop()!, lines: [] }), 'bookings_lines'],
  };

  for (const [name, [sabotage, constraint]] of Object.entries(SABOTAGES)) {
    test(name, async () => {
      const event = { ...(await openEvent(sales, [{ capacity: 10, terms: { priceMinor: 100 } }])), buyerKey: anId() };
      await createQuota(event, 5);
      await createCode(sales, event, 'ONCE', { usesMax: 1, buyerUsesMax: 1 });
      assert.equal((await hold(sales, event, { buyerKey: event.buyerKey })).kind, 'booking');
      const before = await readCounters(sales.db, event.eventId);
      await assert.rejects(writeSabotaged(event, sabotage), { constraint });
      await connection.roundTrip([ROLLBACK_CALL]);
      assert.deepEqual(await readCounters(sales.db, event.eventId), before);
      assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
      await assertSound(sales.db, event.eventId);
    });
  }

  test('without sabotage the same way of writing succeeds', async () => {
    const event = await openEvent(sales, [{ capacity: 10 }]);
    await writeSabotaged({ ...event, buyerKey: anId() }, () => {});
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
    await assertSound(sales.db, event.eventId);
  });

  async function createQuota(event: EventUnderTest, capacity: number): Promise<void> {
    const ids = { quotaId: anId(), commandId: anId(), fingerprint: anId() };
    const outcome = await sales.lanes.submit(event.eventId, { kind: 'create-quota', ...ids, capacity, ticketTypeIds: event.ticketTypeIds });
    assert.equal(outcome.kind, 'configured');
  }
});

describe('a lane connection', () => {
  test('has its settings on the server', async () => {
    const names = [
      'idle_in_transaction_session_timeout',
      'lock_timeout',
      'statement_timeout',
      'tcp_keepalives_idle',
      'enable_seqscan',
      'enable_hashjoin',
      'enable_mergejoin',
      'plan_cache_mode',
      'jit',
      'default_transaction_isolation',
    ];
    const shown: Record<string, unknown> = {};
    for (const name of names) {
      const [answer] = await connection.roundTrip([{ statement: { name: `show_${name}`, text: `show ${name}` }, values: [] }]);
      shown[name] = answer?.rows[0]?.[0];
    }
    // Keep-alive is a matter of TCP: over a socket of the machine PostgreSQL shows 0 whatever was asked.
    const isTcp = !new URL(sales.url).searchParams.has('host');
    assert.deepEqual(shown, {
      idle_in_transaction_session_timeout: '1s',
      lock_timeout: '2s',
      statement_timeout: '0',
      tcp_keepalives_idle: isTcp ? '5' : '0',
      enable_seqscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      plan_cache_mode: 'force_generic_plan',
      jit: 'off',
      default_transaction_isolation: 'read committed',
    });
  });

  test('left idle in a transaction is ended by the server, and its lock with it', async () => {
    const event = await openEvent(sales, [{ capacity: 10 }]);
    const stuck = await openLaneConnection(sales.url);
    await stuck.roundTrip([...lockHead(LOCK_HEAD, event.eventId), ...readState(event.eventId, [placeCommand(event)]).calls]);
    assert.equal((await hold(sales, event)).kind, 'booking');
    assert.equal(stuck.isBroken, true);
    await stuck.close();
  });
});
