import { PERSON_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { Type } from 'typebox';
import type { Organizations } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';

/** What the routes of members stand on. */
export type MemberRoutes = { catalog: Catalog; organizations: Organizations };

/** What a route for every member may answer. */
export const readProblems: readonly ErrorCode[] = [...PERSON_PROBLEMS, 'NOT_FOUND'];
/** What a route for some members may answer. */
export const memberProblems: readonly ErrorCode[] = [...readProblems, 'FORBIDDEN'];

export const common = { tags: ['organizations'], security: [{ accessToken: [] }] };

export const NoContent = Type.Null({ description: 'Done.' });

export const READS = { permission: 'events.read' } as const;
export const CHANGES = { permission: 'events.change' } as const;
