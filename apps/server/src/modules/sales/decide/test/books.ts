import assert from 'node:assert/strict';
import type { Account, Owed, Transfer } from '../../money.ts';
import type { Changes } from '../changes.ts';

/** What other modules make of batches, as one person would keep it: money by accounts, what is owed, and tickets. */
export type Books = {
  /** `account currency` → debits less credits. */
  balances: Map<string, number>;
  /** What the provider is still to be asked for. */
  owed: Map<string, Owed>;
  /** `booking number` of tickets that are worth something. */
  valid: Set<string>;
  revoked: Set<string>;
};

export function openBooks(): Books {
  return { balances: new Map(), owed: new Map(), valid: new Set(), revoked: new Set() };
}

/** Takes in a batch; refuses what the tables of money and tickets refuse. */
export function keepBooks(books: Books, changes: Changes): void {
  for (const transfer of changes.transfers) keepTransfer(books, transfer);
  for (const owed of changes.owed) {
    assert.ok(!books.owed.has(owed.id), `${owed.id} is owed once`);
    books.owed.set(owed.id, owed);
  }
  for (const { owedId, isDone } of changes.settled) if (isDone) books.owed.delete(owedId);
  for (const { id, quantity } of changes.issued) {
    for (let number = 1; number <= quantity; number += 1) issue(books, `${id} ${number}`);
  }
  for (const { bookingId, numbers } of changes.revoked) for (const number of numbers) revoke(books, `${bookingId} ${number}`);
}

function keepTransfer({ balances }: Books, { debit, credit, amountMinor, currency }: Transfer): void {
  assert.ok(Number.isSafeInteger(amountMinor) && amountMinor > 0, `a transfer of ${amountMinor}`);
  assert.notEqual(debit, credit);
  add(balances, `${debit} ${currency}`, amountMinor);
  add(balances, `${credit} ${currency}`, -amountMinor);
}

function issue({ valid, revoked }: Books, ticket: string): void {
  assert.ok(!valid.has(ticket) && !revoked.has(ticket), `ticket ${ticket} is issued once`);
  valid.add(ticket);
}

function revoke({ valid, revoked }: Books, ticket: string): void {
  assert.ok(valid.delete(ticket), `ticket ${ticket} is there to be revoked`);
  revoked.add(ticket);
}

function add(balances: Map<string, number>, key: string, more: number): void {
  balances.set(key, (balances.get(key) ?? 0) + more);
}

/** What lies on an account: what has come in there, or, with a minus, what is due from it. */
export function balanceOf({ balances }: Books, account: Account, currency = 'EUR'): number {
  return balances.get(`${account} ${currency}`) ?? 0;
}

/** What the organizer has of a sale: its three accounts are credited when money comes in. */
export function incomeOf(books: Books): number {
  return 0 - balanceOf(books, 'sales') - balanceOf(books, 'fees') - balanceOf(books, 'taxes');
}

/** What is owed back through the provider, as rows. */
export function owedMinor({ owed }: Books): number {
  return [...owed.values()].reduce((sum, { kind, amountMinor }) => sum + (kind === 'refund' ? amountMinor : 0), 0);
}

/** Double entry: what one account has the others lack, in each currency. What is owed is what the account says. */
export function assertBalanced(books: Books): void {
  for (const currency of ['EUR', 'USD']) {
    const sum = [...books.balances].reduce((total, [key, balance]) => total + (key.endsWith(currency) ? balance : 0), 0);
    assert.equal(sum, 0, `the accounts in ${currency} add up to nothing`);
  }
  const ofOwed = [...books.balances].reduce((total, [key, balance]) => total + (key.startsWith('owed ') ? balance : 0), 0);
  assert.equal(0 - ofOwed, owedMinor(books), 'what is owed is what the account says');
}
