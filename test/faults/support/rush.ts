import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from './book.ts';
import { isOpen, type Shop, type ShopEvent } from './shop.ts';

export type RushOptions = {
  shop: Shop;
  book: Book;
  event: ShopEvent;
  url: () => string;
  buyers: number;
  atOnce: number;
  onAnswer?: (answered: number) => void;
};

/**
 * A bounded rush: so many buyers, so many at once, each with one wish for one to three tickets, half of them at once
 * confirmed. A buyer who gets no answer does not insist; the book says who they are.
 */
export async function rush({ shop, book, event, url, buyers, atOnce, onAnswer }: RushOptions): Promise<void> {
  let begun = 0;
  let answered = 0;
  const buyInTurn = async (): Promise<void> => {
    while (begun < buyers) {
      begun += 1;
      const wish = { ...shop.newWish(event), quantity: 1 + (begun % 3), confirm: begun % 2 === 0 };
      const reply = await shop.place(url(), wish);
      book.write(wish, reply);
      if (isOpen(reply)) {
        await pause(20);
        continue;
      }
      answered += 1;
      onAnswer?.(answered);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, buyInTurn));
}
