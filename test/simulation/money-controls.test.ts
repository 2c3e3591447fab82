import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { after, test } from 'node:test';
import { buildMoneyLane } from '../../apps/server/src/modules/payments/index.ts';
import type { LanePart, LanePartBatch } from '../../apps/server/src/modules/sales/index.ts';
import { buildTicketsInLane } from '../../apps/server/src/modules/tickets/index.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { rotationSeed } from '../support/counts.ts';
import { openServers } from './open-servers.ts';
import { plan } from './plan.ts';
import { recount } from './recount.ts';
import { simulate, type Submit } from './simulate.ts';

/** Ways in which money could go astray: each must be noticed, by what the notebook or the recount says. */
type Changes = LanePartBatch['changes'];

/** What the parts of other modules are told, which a test may spoil. */
let spoil: (changes: Changes) => Changes = (changes) => changes;
const spoilable = (part: LanePart): LanePart => ({ write: (batch) => part.write({ ...batch, changes: spoil(batch.changes) }) });
const tickets = buildTicketsInLane((bytes) => void randomFillSync(bytes));
const servers = await openServers(1, [spoilable(tickets), spoilable(buildMoneyLane().part)]);
after(() => servers.close());
const honest = servers.submits[0]!;

const OPERATIONS = 800;
/** Not every plan comes to where a server is broken: of some, one must. */
const PLANS_MAX = 6;
let seed = rotationSeed();

/** A run of its own on other events. */
function simulateWith(server: Submit): Promise<unknown> {
  seed += 1;
  return simulate({ seed, operations: OPERATIONS, db: servers.db, servers: [server] });
}

async function assertNoticed(server: Submit, says: RegExp): Promise<void> {
  for (let number = 1; number <= PLANS_MAX; number += 1) {
    const fault: unknown = await simulateWith(server).then(
      () => null,
      (error: unknown) => error,
    );
    if (fault !== null) return assert.rejects(Promise.reject(fault), says);
  }
  assert.fail('nobody noticed');
}

test('without sabotage such a run passes', async () => {
  await simulateWith(honest);
});

/** Servers that do something else than they were told. */
const BROKEN: Readonly<Record<string, [Submit, RegExp]>> = {
  'a webhook that confirms twice': [
    async (eventId, command) => {
      const outcome = await honest(eventId, command);
      if (command.kind === 'receive-payment' && outcome.kind === 'booking') {
        const commandId = uuidFromText(`${command.commandId} again`);
        await honest(eventId, { ...command, commandId, fingerprint: commandId });
      }
      return outcome;
    },
    /no command may have done|stood like this at no moment/,
  ],
  'a webhook that is lost': [
    (eventId, command) => honest(eventId, command.kind === 'receive-payment' ? { kind: 'expire', everything: false } : command),
    /right at no moment/,
  ],
  'a refund that keeps the fees': [
    (eventId, command) => honest(eventId, command.kind === 'refund' ? { ...command, keepFees: true } : command),
    /stood like this at no moment|no command may have done|right at no moment/,
  ],
  'a refund that puts on sale what was to be set aside': [
    (eventId, command) => honest(eventId, command.kind === 'refund' ? { ...command, restock: true } : command),
    /ticket type|at no moment|no command may have done/,
  ],
  'a refund that takes any amount': [
    (eventId, command) =>
      honest(
        eventId,
        command.kind === 'refund' && command.amountMinor !== null ? { ...command, amountMinor: command.amountMinor + 1 } : command,
      ),
    /stood like this at no moment|no command may have done|right at no moment/,
  ],
  'a provider that does what was not owed': [
    (eventId, command) => {
      if (command.kind !== 'settle-owed') return honest(eventId, command);
      return honest(eventId, { ...command, owed: { ...command.owed, amountMinor: command.owed.amountMinor + 1 } });
    },
    /the accounts/,
  ],
  'a desk that forgets the money': [
    (eventId, command) =>
      honest(eventId, command.kind === 'place' && command.desk ? { ...command, desk: { ...command.desk, tender: 'none' } } : command),
    /no command may have done|stood like this|right at no moment|total:/,
  ],
  'a dispute that is won and lost at once': [
    (eventId, command) =>
      honest(eventId, command.kind === 'dispute' && command.status === 'won' ? { ...command, status: 'lost' } : command),
    /no command may have done|stood like this|right at no moment/,
  ],
};

for (const [name, [server, says]] of Object.entries(BROKEN)) {
  test(`${name} is noticed`, () => assertNoticed(server, says));
}

const isSecond = (_: unknown, index: number): boolean => index % 2 === 1;

/** Batches whose money or tickets are written otherwise than they were decided. */
const SPOILED: Readonly<Record<string, [(changes: Changes) => Changes, RegExp]>> = {
  'a refund that forgets the ledger': [
    (changes) => ({ ...changes, transfers: changes.transfers.filter(({ kind }) => kind !== 'refund') }),
    /the accounts/,
  ],
  'a ledger that takes fees for taxes': [
    (changes) => ({
      ...changes,
      transfers: changes.transfers.map((each) => (each.credit === 'fees' ? { ...each, credit: 'taxes' } : each)),
    }),
    /the accounts/,
  ],
  'money that is owed and written nowhere': [(changes) => ({ ...changes, owed: changes.owed.filter(isSecond) }), /what is owed/],
  'a payment that could still be made': [
    (changes) => ({ ...changes, owed: changes.owed.filter(({ kind }) => kind !== 'void') }),
    /what is owed/,
  ],
  'what is settled and stays owed': [(changes) => ({ ...changes, settled: [] }), /what is owed/],
  'a sale without tickets': [(changes) => ({ ...changes, issued: changes.issued.filter(isSecond) }), /the tickets/],
  'tickets that stay worth something': [(changes) => ({ ...changes, revoked: [] }), /the tickets/],
  'the wrong ticket that is worth nothing': [
    (changes) => ({ ...changes, revoked: changes.revoked.map((each) => ({ ...each, numbers: each.numbers.map(() => 1) })) }),
    /the tickets/,
  ],
};

for (const [name, [spoils, says]] of Object.entries(SPOILED)) {
  test(`${name} is noticed`, async () => {
    spoil = spoils;
    try {
      await assertNoticed(honest, says);
    } finally {
      spoil = (changes) => changes;
    }
  });
}

const CORRUPTIONS: Readonly<Record<string, string>> = {
  'a line of the ledger that is gone': 'delete from payments.transfers where event_id = $1 and seq = 2',
  'a line of the ledger that is another': 'update payments.transfers set amount_minor = amount_minor + 1 where event_id = $1',
  'an account that has more': 'update payments.balances set debit_minor = debit_minor + 1 where event_id = $1',
  'what is owed and was forgotten': "delete from payments.owed where event_id = $1 and kind = 'refund' and done_at is null",
  'a booking that was paid better': "update sales.bookings set paid_minor = paid_minor + 1 where event_id = $1 and state = 'confirmed'",
  'a refund that was decided and not written': `update sales.bookings set refunded_minor = refunded_minor + 1
    where event_id = $1 and refunded_minor < paid_minor and state = 'partially_refunded'`,
  'tickets that came back': `update sales.bookings set returned = '{1}' where event_id = $1 and state = 'confirmed'`,
  'a ticket that is gone': 'delete from tickets.tickets where event_id = $1 and number = 1',
  'a ticket that is worth something again': `update tickets.tickets set state = 'valid', revoked_at = null, revoked_reason = null
    where event_id = $1 and state = 'revoked'`,
};

test('the recount notices money and tickets that somebody else has touched', async () => {
  const left = new Map(Object.entries(CORRUPTIONS));
  for (let number = 0; number < PLANS_MAX && left.size > 0; number += 1) {
    await simulateWith(honest);
    for (const { eventId } of plan({ seed, operations: OPERATIONS, servers: 1 }).events) await corrupt(eventId, left);
  }
  assert.deepEqual([...left.keys()], [], 'no plan has rows for these');
});

/** Harms an event in each way that is left, one after the other, and puts it back. */
async function corrupt(eventId: string, left: Map<string, string>): Promise<void> {
  await recount(servers.db, eventId);
  for (const [name, text] of left) {
    await servers.db
      .transaction(async (tx) => {
        const rows = await tx.query(`${text} returning 1`, [eventId]);
        if (rows.length === 0) return;
        await assert.rejects(recount(tx, eventId), /does not add up/, name);
        left.delete(name);
        throw new PutBack();
      })
      .catch((error: unknown) => assert.ok(error instanceof PutBack, String(error)));
  }
}

class PutBack extends Error {}
