export { Lanes } from './lanes.ts';
export type { LaneSettings } from './lanes.ts';
export type { Heads } from './heads.ts';
export type { BatchDecision, BatchRead, LanePurpose } from './lane-purpose.ts';
export { ClientGone, CommandFailed, LaneBusy, OutcomeUnknown } from './lane-errors.ts';
