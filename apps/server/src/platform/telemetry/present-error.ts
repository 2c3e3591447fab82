export type PresentedError = { type: string; message: string; code?: string; stack?: string; cause?: PresentedError };

const CAUSES_MAX = 5;

/**
 * An error as the log shows it: what it is, where, and why. Nothing else that hangs on it: `pg` hangs its whole client
 * on an error, with the key that cancels its queries.
 */
export function presentError(error: unknown, depth = 0): PresentedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const presented: PresentedError = { type: error.name, message: error.message };
  if ('code' in error && typeof error.code === 'string') presented.code = error.code;
  if (error.stack !== undefined) presented.stack = error.stack;
  if (error.cause !== undefined && error.cause !== null && depth < CAUSES_MAX) presented.cause = presentError(error.cause, depth + 1);
  return presented;
}
