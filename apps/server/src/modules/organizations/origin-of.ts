import type { FastifyRequest } from 'fastify';
import { clientOf } from '../accounts/index.ts';
import type { Origin } from './actor.ts';

const IPV4_GROUPS = 3;
const IPV6_GROUPS = 3;

/** Where a request came from, for the record of actions. */
export function originOf(request: FastifyRequest): Origin {
  return { client: networkOf(request.ip), requestId: request.id };
}

/** The /24 network of an IPv4 address, the /48 network of an IPv6 address: about where somebody was, and not who. */
export function networkOf(address: string): string {
  const client = clientOf(address);
  if (client.includes(':')) return `${client.split(':').slice(0, IPV6_GROUPS).join(':')}::/48`;
  return `${client.split('.').slice(0, IPV4_GROUPS).join('.')}.0/24`;
}
