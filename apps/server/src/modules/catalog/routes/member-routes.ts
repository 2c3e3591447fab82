import { MEMBER_PROBLEMS } from '@tessera/contract';
import { Type } from 'typebox';
import type { Organizations } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';

/** What the routes of members stand on. */
export type MemberRoutes = { catalog: Catalog; organizations: Organizations };

/** What every route for members may answer: every role may read, but not every key. */
export const memberProblems = MEMBER_PROBLEMS;

/** Taken are an access token, an API key, and the secret of the platform. */
export const common = { tags: ['organizations'], security: [{ accessToken: [] }, { apiKey: [] }, { platformSecret: [] }] };

export const NoContent = Type.Null({ description: 'Done.' });

export const READS = { permission: 'events.read' } as const;
export const CHANGES = { permission: 'events.change' } as const;
