import { buildHttpClient, type HttpClient, type Observer } from '../http/client.ts';

/** The payment provider where it is met: the address comes with each payment, and is nearly always the same. */
export type ProviderClients = { at(origin: string): HttpClient; close(): void };

export function buildProviderClients(connectionsMax: number, observer: Observer): ProviderClients {
  const clients = new Map<string, HttpClient>();
  return {
    at: (origin) => {
      const client = clients.get(origin) ?? buildHttpClient(new URL(origin), connectionsMax, observer);
      clients.set(origin, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.close();
    },
  };
}
