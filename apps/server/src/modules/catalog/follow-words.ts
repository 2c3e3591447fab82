import { configure, problemOfRefusal, readSale, type SaleTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';
import { noSuchEvent } from './parse-ids.ts';
import { raiseMovesTold, readMove } from './queries/event-words.ts';
import { readEventRecord } from './queries/events.ts';

/**
 * Lets the sale follow the words of its event: it ends when they say so, and tells others of each move, once, by a fact.
 *
 * The words come first: a change that is refused, for its reason or for what others have written meanwhile, must not have
 * moved the sale. What a crash in between leaves undone is found here again, with whatever comes next to change the words, also
 * if that changes nothing or is refused: the moves that were not told are counted, the ends are compared. The keys of the commands
 * come from the number of the move, and from the versions of what was compared; so a command whose fate is unknown is executed once,
 * and of two that overtake each other the one that follows the last words wins, since both look again.
 */
export async function followWords(catalog: Catalog, eventId: string): Promise<void> {
  for (;;) {
    const record = await readEventRecord(catalog.db, eventId);
    const sale = await readSale(catalog.sales, eventId);
    // A test event that is being purged.
    if (!record || !sale) throw noSuchEvent();
    const { endsAtMs } = record.words;
    if (record.movesTold < record.moves) {
      await tellMove(catalog, eventId, record.movesTold + 1);
    } else if (sale.terms.endsAtMs !== endsAtMs) {
      await changeTerms(catalog, eventId, { changes: { endsAtMs }, key: `ends\n${record.version}\n${sale.contentVersion}` });
    } else {
      return;
    }
  }
}

async function tellMove(catalog: Catalog, eventId: string, number: number): Promise<void> {
  const move = await readMove(catalog.db, eventId, number);
  // Purged since it was counted: the next look finds no event.
  if (!move) return;
  const { reason, before, after } = move;
  const changes = { endsAtMs: Date.parse(after.ends_at) };
  await changeTerms(catalog, eventId, { changes, move: { number, reason, before, after }, key: `move\n${number}` });
  await raiseMovesTold(catalog.db, eventId, number);
}

type TermsChange = { changes: Partial<SaleTerms>; move?: Readonly<Record<string, unknown>>; key: string };

/** An Idempotency-Key of a request has no line break, so that no organizer ever uses one of these. */
async function changeTerms({ sales }: Catalog, eventId: string, { key, ...asked }: TermsChange): Promise<void> {
  const kind = 'change-sale';
  const command = { kind, commandId: commandId(eventId, key), fingerprint: fingerprintOf({ kind, ...asked }) } as const;
  const outcome = await configure(sales, eventId, { ...command, ...asked });
  if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
}
