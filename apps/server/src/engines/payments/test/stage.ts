import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../../../../../test/support/temporary-folder.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { buildSandboxClient, startSandbox, type Intent, type IntentOrder, type PaymentProvider, type Sandbox } from '../index.ts';
import type { SandboxOptions } from '../sandbox/start-sandbox.ts';
import { openListener, type Listener, type Reply } from './listener.ts';

export const access = { apiKey: 'the key of the tests', account: 'acct_tests', secrets: ['the secret of the tests'] };

/** A sandbox over real HTTP with somebody who listens, and a client of it. */
export type Stage = {
  sandbox: Sandbox;
  provider: PaymentProvider;
  listener: Listener;
  folder: string;
  order(fields?: Partial<IntentOrder>): IntentOrder;
  /** A payer's call; answers the status and the JSON. */
  payer(intent: Intent, verb: 'pay' | 'action', fields: object): Promise<{ status: number; json: Record<string, unknown> }>;
  /** A new intent that was tried with this card. */
  tried(card: string, amountMinor?: number): Promise<Intent>;
};

export type StageOptions = Partial<SandboxOptions> & { reply?: Reply };

/** Everything that cards do later happens at once, unless told. */
export async function openStage(t: Pick<TestContext, 'after'>, { reply, ...options }: StageOptions = {}): Promise<Stage> {
  const folder = temporaryFolder();
  const listener = await openListener(reply);
  const sandbox = await startSandbox({
    ...{ mode: 'test', port: 0, journalFolder: folder.path, ...access, webhookUrls: [listener.url], durable: false, timePercent: 0 },
    ...{
      clock: systemClock,
      random: () => 0.5,
      log: (line: string) => process.stderr.write(`${line}\n`),
      retry: { firstMs: 5, mostMs: 20 },
    },
    ...options,
  });
  const provider = buildSandboxClient({ url: sandbox.url, ...access });
  t.after(async () => {
    provider.close();
    await sandbox.close();
    await listener.close();
    folder.remove();
  });
  const payer: Stage['payer'] = async (intent, verb, fields) => {
    const body = JSON.stringify({ client_secret: intent.clientSecret, ...fields });
    const response = await fetch(`${sandbox.url}/v1/intents/${intent.ref}/${verb}`, { method: 'POST', body });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  return {
    ...{ sandbox, provider, listener, folder: folder.path, order, payer },
    tried: async (card, amountMinor = 5_000) => {
      const intent = await provider.createIntent(order({ amountMinor }));
      await payer(intent, 'pay', { card });
      return intent;
    },
  };
}

export function order(fields: Partial<IntentOrder> = {}): IntentOrder {
  const key = randomUUID();
  return { key, amountMinor: 5_000, currency: 'EUR', eventId: 'evt_1', bookingId: `bkg_${key}`, description: 'Two tickets', ...fields };
}
