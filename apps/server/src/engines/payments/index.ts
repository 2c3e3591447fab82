export { buildSandboxClient } from './sandbox-client.ts';
export type { SandboxClientOptions } from './sandbox-client.ts';
export { paymentsAccess } from './payments-access.ts';
export type { GivenAccess, PaymentsAccess } from './payments-access.ts';
export { keptPort } from './sandbox/listen.ts';
export { startSandbox } from './sandbox/start-sandbox.ts';
export type { Sandbox, SandboxOptions } from './sandbox/start-sandbox.ts';
export { ProviderRefused, ProviderUnavailable } from './provider-errors.ts';
export { INTENT_STATES, MOVEMENTS_MAX, NOTIFICATION_TYPES, REFUND_STATES } from './provider.ts';
export type {
  Cancellation,
  Dispute,
  Intent,
  IntentOrder,
  IntentStanding,
  IntentState,
  Movement,
  MovementKind,
  MovementPage,
  Notification,
  NotificationType,
  ParsedNotification,
  PaymentProvider,
  Refund,
  RefundOrder,
  RefundState,
  RefusedNotification,
} from './provider.ts';
