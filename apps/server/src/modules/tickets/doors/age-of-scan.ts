/**
 * A door that had no connection is believed for half a day. Longer ones are cut: a clock that was set between scan and
 * upload could make a scan as old as it likes, and an old scan takes the place of an admission.
 */
export const OFFLINE_MAX_MS = 12 * 3_600_000;

/**
 * How long ago a scan happened, by the clock of the device that scanned, which is asked for both times: so it does not matter
 * what that clock shows. A scan from the device's future happened now.
 */
export function ageOfScan({ deviceAtMs, deviceNowMs }: { deviceAtMs: number; deviceNowMs: number }): number {
  return Math.min(Math.max(deviceNowMs - deviceAtMs, 0), OFFLINE_MAX_MS);
}
