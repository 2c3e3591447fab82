import { ProviderUnavailable, type PaymentProvider } from '../../engines/payments/index.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';

/** The provider cannot be asked at this moment, or has not answered; whether it has done anything is not known. */
export type Unavailable = { kind: 'unavailable'; retryAfterSeconds: number; cause: unknown };
export type Answered<Result> = { kind: 'answered'; result: Result };

/** The one way to the provider: at most so many calls at once, and none while it is known to be away. */
export type ProviderGate = {
  readonly provider: Pick<PaymentProvider, 'name' | 'isSandbox' | 'signatureHeader' | 'parseNotification'>;
  /** Asks the provider. What it refuses is thrown (`ProviderRefused`); that it is away is answered. */
  ask<Result>(work: (provider: PaymentProvider) => Promise<Result>): Promise<Answered<Result> | Unavailable>;
};

export type GateOptions = { provider: PaymentProvider; breaker: CircuitBreaker; callsMax: number };

/**
 * Whoever finds no room is answered at once: a provider that hangs must not gather the requests of a rush behind it. Nothing of ours
 * is open while it answers, neither a lock nor a transaction.
 */
export function buildProviderGate({ provider, breaker, callsMax }: GateOptions): ProviderGate {
  let calls = 0;
  return {
    provider,
    ask: async (work) => {
      if (calls >= callsMax) return unavailable(1_000, new Error(`${calls} calls to the provider are under way.`));
      if (!breaker.mayAsk()) return unavailable(breaker.pauseLeftMs(), new Error('The provider has failed several times.'));
      calls += 1;
      try {
        const result = await work(provider);
        breaker.succeeded();
        return { kind: 'answered', result };
      } catch (error) {
        if (error instanceof ProviderUnavailable) {
          breaker.failed();
          return unavailable(Math.max(1_000, breaker.pauseLeftMs()), error);
        }
        // A refusal is an answer.
        breaker.succeeded();
        throw error;
      } finally {
        calls -= 1;
      }
    },
  };
}

function unavailable(pauseMs: number, cause: unknown): Unavailable {
  return { kind: 'unavailable', retryAfterSeconds: Math.max(1, Math.ceil(pauseMs / 1000)), cause };
}
