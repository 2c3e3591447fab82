import { POINTS, type Point } from './points.ts';
import type { Ended } from './run-point.ts';
import { VICTIMS, type Victim } from './stage.ts';

export type Row = { point: Point; victim: Victim; ended: Ended | undefined };

const POINT_WIDTH = 78;
const WIDTH = 19;

/** Points downwards, victims across: how it ended, and how long after the kill. */
export function tableOf(rows: readonly Row[]): string {
  const points = POINTS.filter((point) => rows.some((row) => row.point === point));
  const cell = (point: Point, victim: Victim): string => {
    const row = rows.find((one) => one.point === point && one.victim === victim);
    if (!row) return '';
    return row.ended ? `${row.ended.as} ${(row.ended.tookMs / 1000).toFixed(1)} s` : 'FAILED';
  };
  const lines = points.map((point) => line(`${point.story}: ${point.between.join(' | ')}`, (victim) => cell(point, victim)));
  return [line('killed between', (victim) => victim), ...lines].join('\n');
}

function line(head: string, of: (victim: Victim) => string): string {
  return [head.padEnd(POINT_WIDTH), ...VICTIMS.map((victim) => of(victim).padEnd(WIDTH))].join(' ').trimEnd();
}
