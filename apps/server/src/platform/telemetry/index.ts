export { buildLog } from './log.ts';
export type { Log } from './log.ts';
export { Exposition } from './exposition.ts';
export { Histogram } from './series.ts';
export { buildTelemetry } from './telemetry.ts';
export type { Telemetry } from './telemetry.ts';
export { buildLaneTelemetry } from './lane-telemetry.ts';
export type { LaneTelemetry } from './lane-telemetry.ts';
