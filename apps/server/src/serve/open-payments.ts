import type { Config } from '../config.ts';
import { paymentsAccess, type PaymentsAccess } from '../engines/payments/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { keepSandbox } from './keep-sandbox.ts';
import { sandboxOptions, webhookUrl } from './sandbox-options.ts';
import type { Secrets } from './secrets.ts';

export type OpenPayments = {
  access: PaymentsAccess;
  /** The server listens now: a sandbox of its own sends webhooks there. */
  onListening(port: number): void;
  stop(): Promise<void>;
};

/** Throws StartProblem where no provider can be used as the settings want it. */
export function checkPayments(config: Pick<Config, 'mode'>): void {
  if (config.mode !== 'live') return;
  throw new StartProblem(
    'TESSERA_MODE=live needs a payment provider that moves money, and there is none yet: the payment sandbox refuses live mode. Set TESSERA_MODE=test.',
  );
}

/** The payment provider of PAYMENTS_URL, or a sandbox that runs as a child of this process. Throws StartProblem. */
export async function openPayments(config: Config, secrets: Secrets, print: (line: string) => void): Promise<OpenPayments> {
  checkPayments(config);
  const { url } = config.payments;
  if (url !== null) {
    return { access: paymentsAccess(url, config.payments, secrets.serverKey), onListening: () => {}, stop: async () => {} };
  }
  const { clock: _clock, random: _random, ...settings } = sandboxOptions(config, secrets.serverKey);
  const sandbox = await keepSandbox(settings, print);
  return {
    access: paymentsAccess(sandbox.url, config.payments, secrets.serverKey),
    onListening: (port) => {
      if (settings.webhookUrls === null) sandbox.setWebhookUrls([webhookUrl(config.http.host, port)]);
    },
    stop: sandbox.stop,
  };
}
