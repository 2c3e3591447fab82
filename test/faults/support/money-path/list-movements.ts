import type { Movement, PaymentProvider } from '../../../../apps/server/src/engines/payments/index.ts';

const PAGE = 1_000;

/** All that money did at the provider for an event. */
export async function listMovementsOf(provider: PaymentProvider, eventId: string): Promise<Movement[]> {
  const found: Movement[] = [];
  for (let after: string | null = null; ; ) {
    const { movements, next }: Awaited<ReturnType<PaymentProvider['listMovements']>> = await provider.listMovements({ after, limit: PAGE });
    found.push(...movements.filter((movement) => movement.eventId === eventId));
    if (next === null) return found;
    after = next;
  }
}
