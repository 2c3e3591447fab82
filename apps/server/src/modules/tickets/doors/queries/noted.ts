import type { Db } from '../../../../platform/db/index.ts';
import type { CheckIn } from '../decide/state.ts';
import { parseCheckIn } from '../lane/parse-rows.ts';
import { READ_CHECK_INS, READ_NOTED_TEXT } from '../lane/read-statements.ts';

export type NotedPage = { eventId: string; standing: 'double' | 'undone'; after: CheckIn | null; limit: number };

/** Scans that stand as that, the latest first. */
export async function readNoted(on: Db, { eventId, standing, after, limit }: NotedPage): Promise<CheckIn[]> {
  const rows = await on.queryRows(READ_NOTED_TEXT, [eventId, standing, after?.receivedAtMs ?? null, after?.scanId ?? null, limit]);
  return rows.map(parseCheckIn);
}

export async function readCheckIn(on: Db, eventId: string, scanId: string): Promise<CheckIn | null> {
  const rows = await on.queryRows(READ_CHECK_INS.text, [eventId, [scanId]]);
  return rows[0] ? parseCheckIn(rows[0]) : null;
}
