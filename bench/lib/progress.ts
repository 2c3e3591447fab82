import type { TimedResult } from './timed-load.ts';

/** What a round showed, for who watches; the line at the end is the result. */
export function printRound(number: number, name: string, result: TimedResult): void {
  const { perSecond, p50Ms, p99Ms, ownCpu, cpuUsPerAnswer } = result;
  const rate = `${Math.round(perSecond)}/s`.padStart(8);
  const times = `p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms`;
  const cpu = cpuUsPerAnswer === null ? '' : `, ${Math.round(cpuUsPerAnswer)} µs of processor each`;
  process.stderr.write(
    `round ${number}  ${name.padEnd(8)} ${rate}  ${times}${cpu}; generator at ${Math.round(ownCpu * 100)} % of a core\n`,
  );
}
