/** The audit's face: the rest of the sale knows nothing of it, and it knows the sale by its tables. */
export { auditEvent } from './audit-event.ts';
export { buildAuditDesk } from './audit-desk.ts';
export type { AuditDesk } from './audit-desk.ts';
export { startContinuousAudit } from './continuous-audit.ts';
export { auditedEventIds } from './due-events.ts';
export { presentAudit } from './present-audit.ts';
