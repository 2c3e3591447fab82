import { buildHttpClient, type HttpClient, type Observer } from '../http/client.ts';

/** A payment is answered within milliseconds: more connections would only have to be opened. */
const CONNECTIONS_MAX = 32;

/** The payment provider where it is met: the address comes with each payment, and is nearly always the same. */
export type ProviderClients = { at(origin: string): HttpClient; close(): void };

export function buildProviderClients(connectionsMax: number, observer: Observer): ProviderClients {
  const clients = new Map<string, HttpClient>();
  return {
    at: (origin) => {
      const client = clients.get(origin) ?? buildHttpClient(new URL(origin), Math.min(connectionsMax, CONNECTIONS_MAX), observer);
      clients.set(origin, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.close();
    },
  };
}
