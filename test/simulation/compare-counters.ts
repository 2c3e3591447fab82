import assert from 'node:assert/strict';
import { type Model, usedOf } from './model.ts';
import type { StoredEvent } from './read-event.ts';

/** The database's counters, members and terms are the model's, to the ticket, and nothing is oversold. */
export function compareCounters(model: Model, stored: StoredEvent): void {
  assert.deepEqual(stored.terms, model.terms);
  assert.deepEqual([...stored.types.keys()].sort(), [...model.types.keys()].sort());
  for (const [id, type] of model.types) {
    const { terms, capacity, held, sold, setAside } = stored.types.get(id)!;
    assert.deepEqual({ terms, capacity, held, sold, setAside }, { ...type }, `ticket type ${id}`);
    assert.ok(usedOf(type) <= capacity, `ticket type ${id} is oversold`);
  }
  const used = [...model.promos].map(([code, promo]) => [code, promo.used] as const);
  assert.deepEqual(stored.promos, new Map(used), 'uses of promo codes');
  assert.deepEqual([...stored.quotas.keys()].sort(), [...model.quotas.keys()].sort());
  for (const [id, { capacity, members }] of model.quotas) {
    const quota = stored.quotas.get(id)!;
    assert.deepEqual([...quota.ticketTypeIds].sort(), [...members].sort(), `members of quota ${id}`);
    const { held, sold, setAside } = sumOf(model, members);
    assert.deepEqual(
      { capacity: quota.capacity, held: quota.held, sold: quota.sold, setAside: quota.setAside },
      { capacity, held, sold, setAside },
      `quota ${id}`,
    );
    assert.ok(held + sold + setAside <= capacity, `quota ${id} is oversold`);
  }
}

function sumOf(model: Model, members: readonly string[]) {
  const sum = { held: 0, sold: 0, setAside: 0 };
  for (const id of members) {
    const type = model.types.get(id)!;
    sum.held += type.held;
    sum.sold += type.sold;
    sum.setAside += type.setAside;
  }
  return sum;
}
