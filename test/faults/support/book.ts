import assert from 'node:assert/strict';
import { isBooked, isOpen, type Reply, type Shop, type Wish } from './shop.ts';

type Page = { wish: Wish; replies: Reply[] };

/** States that a booking may have later, when it was answered in this one. Time and nobody else moves it. */
const LATER: Readonly<Record<string, readonly string[]>> = { held: ['held', 'expired'], expired: ['expired'], confirmed: ['confirmed'] };

/** How long one wish is repeated before its outcome counts as unknown for ever. */
const KNOWN_WITHIN_MS = 30_000;

/**
 * What the buyers were told, wish by wish, and whether that was the truth: the promises as a client can check them.
 * Every reply must be a booking, a refusal for want of tickets, or open.
 */
export class Book {
  readonly #pages = new Map<string, Page>();

  write(wish: Wish, reply: Reply): void {
    const page = this.#pages.get(wish.key) ?? { wish, replies: [] };
    page.replies.push(reply);
    this.#pages.set(wish.key, page);
    const isSoldOut = reply?.status === 409;
    assert.ok(isSoldOut || isOpen(reply) || isBooked(reply), `nobody may be answered ${JSON.stringify(reply)}`);
  }

  /** Wishes that nobody has given an answer to yet. */
  openWishes(): Wish[] {
    return [...this.#pages.values()].filter(({ replies }) => replies.every(isOpen)).map(({ wish }) => wish);
  }

  bookedCount(): number {
    return [...this.#pages.values()].filter(({ replies }) => replies.some(isBooked)).length;
  }

  /** Repeats every wish, twice at once, until its outcome is known, and checks it against all that was answered before. */
  async checkAll(shop: Shop, url: () => string): Promise<void> {
    const pages = [...this.#pages.values()];
    for (let from = 0; from < pages.length; from += 25) {
      await Promise.all(pages.slice(from, from + 25).map((page) => this.#check(page, shop, url)));
    }
  }

  async #check(page: Page, shop: Shop, url: () => string): Promise<void> {
    const [one, other] = await Promise.all([untilKnown(shop, url, page.wish), untilKnown(shop, url, page.wish)]);
    for (const reply of [one, other]) this.write(page.wish, reply);
    const booked = page.replies.filter(isBooked);
    assert.equal(new Set(booked.map((reply) => reply.body['id'])).size, booked.length > 0 ? 1 : 0, 'a key has made two bookings');
    const isRefusedAfterwards = booked.length > 0 && !(isBooked(one) && isBooked(other)) && page.replies.slice(0, -2).some(isBooked);
    assert.ok(!isRefusedAfterwards, `a booking that was acknowledged is gone: ${JSON.stringify([...booked.slice(0, 1), one, other])}`);
    for (const reply of booked) {
      const allowed = LATER[String(reply.body['state'])] ?? [];
      const now = isBooked(other) ? other.body['state'] : reply.body['state'];
      assert.ok(allowed.includes(String(now)), `a booking answered ${String(reply.body['state'])} is ${String(now)} now`);
    }
  }
}

async function untilKnown(shop: Shop, url: () => string, wish: Wish): Promise<Reply> {
  const endMs = performance.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const reply = await shop.place(url(), wish);
    if (!isOpen(reply)) return reply;
    assert.ok(performance.now() < endMs, `the outcome of a wish stays unknown: ${JSON.stringify(reply)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
