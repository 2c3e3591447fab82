/**
 * A reason not to start that the operator can act on: one clear sentence, shown without a stack.
 * Everything else that stops a start is a bug and shows its stack.
 */
export class StartProblem extends Error {}

/** By the error's code: the file system's, or PostgreSQL's SQLSTATE. */
const sentences: Readonly<Record<string, (path: string) => string>> = {
  '53100': () => 'The disk is full: the database could not be written. Free some space and start again.',
  ENOSPC: (path) => `The disk is full: ${path} could not be written. Free some space and start again.`,
  EDQUOT: (path) => `The disk quota is used up: ${path} could not be written. Free some space and start again.`,
  EROFS: (path) => `${path} lies on a read-only file system. Set TESSERA_HOME to a folder that can be written.`,
  EACCES: (path) => `${path} cannot be used by this user. Give it to this user, or set TESSERA_HOME to another folder.`,
  EPERM: (path) => `${path} cannot be used by this user. Give it to this user, or set TESSERA_HOME to another folder.`,
  ENOTDIR: (path) => `${path} is not a folder. Set TESSERA_HOME to a folder.`,
  EEXIST: (path) => `${path} is not a folder. Set TESSERA_HOME to a folder.`,
};

/**
 * The StartProblem behind an error of the file system, or the error itself where no sentence would help. An error
 * that does not say where it happened (a write to an open file) is told of `home`.
 */
export function explainStartError(error: unknown, home: string): unknown {
  if (error instanceof StartProblem) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, path } = cause as NodeJS.ErrnoException;
    const sentence = sentences[code ?? ''];
    if (sentence !== undefined) return new StartProblem(sentence(path ?? home), { cause: error });
  }
  return error;
}
