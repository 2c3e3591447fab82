import { Type } from 'typebox';

/** The answer of what is done and has nothing to tell: 204. */
export const NoContent = Type.Null({ description: 'Done.' });
