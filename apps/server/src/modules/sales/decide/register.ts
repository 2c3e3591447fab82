import type { ExecutedCommand } from './state.ts';
import type { Draft } from './draft.ts';

type Registered = { kind: string; commandId: string; fingerprint: string };

/** What a command's id says: it is new, it was executed before, or it was used for something else. */
export type Repeat = { kind: 'new' } | { kind: 'executed'; command: ExecutedCommand } | { kind: 'reused' };

export function findRepeat(draft: Draft, command: Registered): Repeat {
  const executed = draft.executed.get(command.commandId);
  if (!executed) return { kind: 'new' };
  const isSame = executed.kind === command.kind && executed.fingerprint === command.fingerprint;
  return isSame ? { kind: 'executed', command: executed } : { kind: 'reused' };
}

/** Remembers a command as executed, for ever. Refusals are not registered: they may be decided again. */
export function register(draft: Draft, command: Registered, subjectId: string): void {
  const { kind, commandId, fingerprint } = command;
  draft.executed.set(commandId, { kind, fingerprint, subjectId });
  draft.changes.commands.push({ kind, commandId, fingerprint, subjectId });
}
