import { Type, type Static } from 'typebox';

export const Health = Type.Object({ status: Type.Enum(['live', 'ready']) }, { title: 'Health' });
export type Health = Static<typeof Health>;
