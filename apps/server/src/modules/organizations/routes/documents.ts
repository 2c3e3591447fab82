import { PERSON_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { Type } from 'typebox';

/** What a route for members may answer. */
export const memberProblems: readonly ErrorCode[] = [...PERSON_PROBLEMS, 'NOT_FOUND', 'FORBIDDEN'];

export const common = { tags: ['organizations'], security: [{ accessToken: [] }] };

export const NoContent = Type.Null({ description: 'Done.' });
