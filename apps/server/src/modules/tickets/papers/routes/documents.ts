import type { ErrorCode } from '@tessera/contract';

export const printProblems: readonly ErrorCode[] = ['REQUEST_INVALID', 'TICKETS_NOTHING_TO_PRINT', 'TICKETS_PRINTING_BUSY'];

/** Without HEAD, for which it would be printed and thrown away. */
export const withoutHead = { exposeHeadRoute: false } as const;
