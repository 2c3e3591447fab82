import type { LightMyRequestResponse } from 'fastify';
import type { Buyer } from './buyer.ts';
import type { Stage } from './stage.ts';

/** Makes a server give one documented answer. */
export type Provoke = (stage: Stage, buyer: Buyer) => Promise<LightMyRequestResponse>;

/** By operation and status. */
export type Cases = Readonly<Record<string, Readonly<Record<number, Provoke>>>>;
