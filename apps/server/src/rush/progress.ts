import type { Crowd } from './crowd.ts';
import { whole } from './format.ts';

export type Progress = { stop(): void };

type Screen = { isTTY: boolean; write(text: string): unknown };

const TTY_MS = 250;
const LINES_MS = 3_000;

/** Shows how the rush goes: one line that is rewritten on a terminal, else a line every few seconds. */
export function showProgress(crowd: Crowd, screen: Screen): Progress {
  const beganMs = performance.now();
  const show = (): void => {
    const line = progressLine(crowd, (performance.now() - beganMs) / 1000);
    screen.write(screen.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, screen.isTTY ? TTY_MS : LINES_MS);
  return {
    stop: () => {
      clearInterval(timer);
      show();
      if (screen.isTTY) screen.write('\n');
    },
  };
}

function progressLine({ world, buyers, expected, arrived, waiting }: Crowd, seconds: number): string {
  const { perSecond, p99Ms } = world.tally.look();
  return [
    `${seconds.toFixed(0).padStart(3)} s`,
    `arrived ${whole(arrived)}/${whole(buyers.length)}`,
    `holding ${whole(world.holding)}`,
    `sold ${whole(world.bookings.sold)}/${whole(expected)}`,
    `waiting ${whole(waiting.length)}`,
    `${whole(perSecond)} requests/s`,
    `p99 ${p99Ms.toFixed(0)} ms`,
  ].join(' · ');
}
