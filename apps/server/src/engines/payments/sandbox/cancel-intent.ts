import type { Cancellation } from '../provider.ts';
import type { Context } from './context.ts';
import type { Change, IntentRecord } from './records.ts';
import { tell } from './tell.ts';

export type Cancelled = { kind: Cancellation['kind']; intent: IntentRecord; change: Change | null };

/** Ends an intent, unless its money has come or is on its way. */
export function cancelIntent(intent: IntentRecord, context: Context): Cancelled {
  switch (intent.state) {
    case 'cancelled':
      return { kind: 'cancelled', intent, change: null };
    case 'succeeded':
      return { kind: 'already_paid', intent, change: null };
    case 'processing':
      return { kind: 'processing', intent, change: null };
    case 'open':
    case 'requires_action': {
      const cancelled: IntentRecord = { ...intent, state: 'cancelled' };
      return { kind: 'cancelled', intent: cancelled, change: { intent: cancelled, sends: tell('intent.cancelled', cancelled, context) } };
    }
  }
}
