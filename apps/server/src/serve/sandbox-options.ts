import { join } from 'node:path';
import type { Config } from '../config.ts';
import { keptPort, paymentsAccess, type PaymentsAccess, type SandboxOptions } from '../engines/payments/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { systemRandom } from '../platform/random.ts';

/** What the sandbox of this home is started with; where webhooks go is not known while the server's port is not. */
export function sandboxOptions(config: Config, serverKey: Buffer): Omit<SandboxOptions, 'log'> {
  const { apiKey, account, secrets } = paymentsAccess('', config.payments, serverKey);
  return {
    mode: config.mode,
    port: config.sandbox.port,
    publicUrl: config.sandbox.publicUrl,
    journalFolder: sandboxFolder(config.home),
    apiKey,
    account,
    secrets,
    webhookUrls: config.sandbox.webhookUrls ?? (config.http.port === 0 ? null : [webhookUrl(config.http.host, config.http.port)]),
    timePercent: config.sandbox.timePercent,
    clock: systemClock,
    random: systemRandom,
  };
}

/** The webhook of the server on this machine that listens there. */
export function webhookUrl(host: string, port: number): string {
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/webhooks/payments`;
}

/** The provider that a server of this home uses, for commands beside it; null where there has been none. */
export function findPayments(config: Config, serverKey: Buffer): PaymentsAccess | null {
  const port = config.sandbox.port ?? keptPort(sandboxFolder(config.home));
  const url = config.payments.url ?? (port === null ? null : `http://127.0.0.1:${port}`);
  return url === null ? null : paymentsAccess(url, config.payments, serverKey);
}

function sandboxFolder(home: string): string {
  return join(home, 'sandbox');
}
