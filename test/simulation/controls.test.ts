import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { rotationSeed } from '../support/counts.ts';
import { openServers } from './open-servers.ts';
import { plan } from './plan.ts';
import { recount } from './recount.ts';
import { simulate, type Submit } from './simulate.ts';

/** A simulation that cannot fail proves nothing: each of these is a way in which a sale could break, and must be noticed. */
const servers = await openServers(1);
after(() => servers.close());
const [honest] = servers.submits;
const OPERATIONS = 400;
let seed = rotationSeed();

/** A run of its own on other events. */
function simulateWith(server: Submit, operations = OPERATIONS): Promise<unknown> {
  seed += 1;
  return simulate({ seed, operations, db: servers.db, servers: [server] });
}

/** Not every plan comes to where a server is broken: of some, one must. */
const PLANS_MAX = 8;

/** Runs a broken server on one plan after the other until its fault is noticed, by what the simulation says. */
async function assertNoticed(server: Submit, says: RegExp, operations = OPERATIONS): Promise<void> {
  for (let number = 1; number < PLANS_MAX; number += 1) {
    const fault: unknown = await simulateWith(server, operations).then(
      () => null,
      (error: unknown) => error,
    );
    if (fault !== null) return assert.rejects(Promise.reject(fault), says);
  }
  await assert.rejects(simulateWith(server, operations), says);
}

test('without sabotage such a run passes', async () => {
  await simulateWith(honest!);
});

test('a server that books twice for one key is noticed', async () => {
  const booksTwice: Submit = async (eventId, command) => {
    const outcome = await honest!(eventId, command);
    if (command.kind === 'place' && outcome.kind === 'booking') {
      await honest!(eventId, { ...command, bookingId: uuidFromText(`${command.bookingId} again`) });
    }
    return outcome;
  };
  await assertNoticed(booksTwice, /something happened that no command may have done/);
});

test('a refusal that says too much is left is noticed', async () => {
  const promisesMore: Submit = async (eventId, command) => {
    const outcome = await honest!(eventId, command);
    return command.kind === 'place' && outcome.kind === 'sold_out' ? { ...outcome, left: outcome.left + 1 } : outcome;
  };
  await assertNoticed(promisesMore, /this answer was right at no moment/);
});

test('a server that calls a repeat a new booking is noticed', async () => {
  const forgetsRepeats: Submit = async (eventId, command) => {
    const outcome = await honest!(eventId, command);
    return outcome.kind === 'booking' ? { ...outcome, replayed: false } : outcome;
  };
  await assertNoticed(forgetsRepeats, /is executed once|right at no moment/);
});

test('a server that answers with another price is noticed', async () => {
  const raisesPrices: Submit = async (eventId, command) => {
    const outcome = await honest!(eventId, command);
    if (outcome.kind !== 'booking') return outcome;
    const lines = outcome.booking.lines.map((line) => ({ ...line, unitPriceMinor: line.unitPriceMinor + 1 }));
    return { ...outcome, booking: { ...outcome.booking, lines } };
  };
  await assertNoticed(raisesPrices, /stood like this at no moment/);
});

test('a server that forgets the promo code of a basket is noticed', async () => {
  const forgetsCodes: Submit = (eventId, command) => honest!(eventId, command.kind === 'place' ? { ...command, promoCode: null } : command);
  await assertNoticed(forgetsCodes, /at no moment|no command may have done|uses of promo codes|total:/);
});

test('a server that lets a code be used without end is noticed', async () => {
  const isGenerous: Submit = async (eventId, command) => {
    await servers.db.query('update sales.promo_codes set uses_max = null where event_id = $1', [eventId]);
    return honest!(eventId, command);
  };
  await assertNoticed(isGenerous, /something happened that no command may have done/, 2 * OPERATIONS);
});

test('a server that sells at the price of a tier that is over is noticed', async () => {
  const staysEarly: Submit = async (eventId, command) => {
    if (command.kind !== 'create-ticket-type') return honest!(eventId, command);
    const tiers = command.terms.tiers.map((tier) => ({ ...tier, untilTaken: (tier.untilTaken ?? 0) + 3 }));
    return honest!(eventId, { ...command, terms: { ...command.terms, tiers } });
  };
  await assertNoticed(staysEarly, /ticket type/);
});

test('a counter that somebody else moves is noticed', async () => {
  let calls = 0;
  const meddles: Submit = async (eventId, command) => {
    calls += 1;
    if (calls % OPERATIONS === OPERATIONS / 2)
      await servers.db.query('update sales.ticket_types set capacity = capacity + 1 where event_id = $1', [eventId]);
    return honest!(eventId, command);
  };
  await assertNoticed(meddles, /ticket type|right at no moment|no command may have done/);
});

const CORRUPTIONS = {
  'a lost entry of the ledger': 'delete from sales.ledger where event_id = $1 and seq = 3',
  'a lost fact': 'delete from facts.facts where event_id = $1 and seq = 3',
  'a buyer’s total that is too high': 'update sales.buyer_totals set quantity = quantity + 1 where event_id = $1',
  'a quota that counts too little': 'update sales.quotas set capacity = capacity + 1 where event_id = $1',
  'a promo code that is counted wrongly': 'update sales.promo_codes set used = used - 1 where event_id = $1 and used > 0',
  'a buyer’s use that nobody made': `insert into sales.promo_uses (event_id, buyer_key, code, uses)
    select event_id, gen_random_uuid(), code, 1 from sales.promo_codes where event_id = $1 and buyer_uses_max is not null`,
  'a total that is not its lines': 'update sales.bookings set total_minor = total_minor + 1 where event_id = $1',
  'a booking in the wrong state': `update sales.bookings set state = 'cancelled' where event_id = $1 and state = 'confirmed'`,
};

for (const [name, text] of Object.entries(CORRUPTIONS)) {
  test(`the recount notices ${name}`, async () => {
    const eventId = await corrupt(text);
    await assert.rejects(recount(servers.db, eventId), /does not add up/);
  });
}

/** Runs honest sales, whose recount is clean, until one has the rows that are to be harmed; harms them, and answers of which event. */
async function corrupt(text: string): Promise<string> {
  for (let number = 0; number < PLANS_MAX; number += 1) {
    await simulateWith(honest!);
    const [first] = plan({ seed, operations: OPERATIONS, servers: 1 }).events;
    await recount(servers.db, first!.eventId);
    if ((await servers.db.query(`${text} returning 1`, [first!.eventId])).length > 0) return first!.eventId;
  }
  throw new Error(`No plan has rows for: ${text}`);
}
