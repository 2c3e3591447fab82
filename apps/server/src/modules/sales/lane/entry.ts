import type { Command } from '../commands.ts';
import type { Outcome } from '../outcomes.ts';

/** A command that waits in a lane, and whoever waits for its outcome. It is answered once; later answers are dropped. */
export type Entry = {
  readonly command: Command;
  readonly arrivedMs: number;
  /** Holds are dropped unexecuted when they are late or nobody waits; what moves money or gives stock back never is. */
  readonly isDroppable: boolean;
  /** Whether whoever sent the command has gone away. */
  readonly isGone: () => boolean;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
};

export type NewEntry = { command: Command; arrivedMs: number; isGone: () => boolean };

export function openEntry({ command, arrivedMs, isGone }: NewEntry): { entry: Entry; outcome: Promise<Outcome> } {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const isDroppable = command.kind === 'place' || command.kind === 'extend';
  return { entry: { command, arrivedMs, isDroppable, isGone, resolve, reject }, outcome: promise };
}
