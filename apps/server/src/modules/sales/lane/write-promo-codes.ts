import { integerArray, textArray, uuidArray, type Statement } from '../../../platform/db/index.ts';
import type { Changes } from '../decide/changes.ts';
import type { SaleState } from '../decide/state.ts';
import * as sql from './promo-statements.ts';
import type { Add } from './write-calls.ts';

/** What a batch changes about promo codes: their terms one by one, their uses together. */
export function writePromoCodes(state: SaleState, changes: Changes, add: Add): void {
  for (const { code, state: ofCode, kind, value, ...terms } of changes.newPromoCodes) {
    const { startsAtMs, endsAtMs, usesMax, buyerUsesMax } = terms;
    add(sql.INSERT_PROMO_CODE, code, ofCode, kind, value, typesOf(terms), startsAtMs, endsAtMs, usesMax, buyerUsesMax);
  }
  // A use that is given back makes room for a lower limit, a higher limit for one more use: the constraint sees each step.
  const moved = [...changes.promoDeltas];
  addMoves(
    moved.filter(([, uses]) => uses < 0),
    add,
  );
  for (const [code, terms] of changes.changedPromoCodes) {
    const { startsAtMs, endsAtMs, usesMax, buyerUsesMax } = terms;
    add(sql.CHANGE_PROMO_CODE, code, terms.state, typesOf(terms), startsAtMs, endsAtMs, usesMax, buyerUsesMax);
  }
  addMoves(
    moved.filter(([, uses]) => uses > 0),
    add,
  );
  writeUses(state, changes, add);
}

function addMoves(moved: readonly (readonly [code: string, uses: number])[], add: Add): void {
  if (moved.length === 0) return;
  add(sql.MOVE_PROMO_CODES, textArray(moved.map(([code]) => code)), integerArray(moved.map(([, uses]) => uses)));
}

function typesOf({ ticketTypeIds }: { ticketTypeIds: readonly string[] | null }): Buffer | null {
  return ticketTypeIds === null ? null : uuidArray(ticketTypeIds);
}

type UseRow = { buyerKey: string; code: string; uses: number };

/** Rows are known to exist or not as those of buyers' totals are: they were read under the head's lock. */
function writeUses(state: SaleState, { promoUseDeltas }: Changes, add: Add): void {
  const fresh: UseRow[] = [];
  const moved: UseRow[] = [];
  for (const [buyerKey, deltas] of promoUseDeltas) {
    for (const [code, uses] of deltas) {
      if (uses > 0 && !state.promoUses.get(buyerKey)?.has(code)) fresh.push({ buyerKey, code, uses });
      else if (uses !== 0) moved.push({ buyerKey, code, uses });
    }
  }
  addUses(sql.INSERT_PROMO_USES, fresh, add);
  addUses(sql.MOVE_PROMO_USES, moved, add);
}

function addUses(statement: Statement, rows: readonly UseRow[], add: Add): void {
  if (rows.length === 0) return;
  const codes = textArray(rows.map((row) => row.code));
  add(statement, uuidArray(rows.map((row) => row.buyerKey)), codes, integerArray(rows.map((row) => row.uses)));
}
