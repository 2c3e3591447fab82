import { Type, type Static } from 'typebox';
import { Time } from './scalars.ts';

/** The identity of an anonymous buyer, to be sent as `Authorization: Bearer <token>`. */
export const BuyerSession = Type.Object(
  {
    token: Type.String({ maxLength: 100 }),
    expires_at: Time,
    expires_in_seconds: Type.Integer(),
  },
  { title: 'BuyerSession' },
);
export type BuyerSession = Static<typeof BuyerSession>;
