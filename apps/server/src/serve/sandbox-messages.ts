import type { SandboxOptions } from '../engines/payments/index.ts';

/** Says to `sandbox` that it is the child of a server, which tells it by messages what to do. */
export const CHILD_FLAG = '--child-of-server';

/** Settings that can be sent; what has code in it, the child has itself. */
export type SandboxSettings = Omit<SandboxOptions, 'clock' | 'random' | 'log' | 'onFailure'>;

export type ToSandbox = { kind: 'begin'; settings: SandboxSettings } | { kind: 'webhooks'; urls: readonly string[] };

export type FromSandbox = { kind: 'listening'; url: string; port: number } | { kind: 'refused'; sentence: string };

export function isToSandbox(message: unknown): message is ToSandbox {
  return hasKind(message) && (message.kind === 'begin' || message.kind === 'webhooks');
}

export function isFromSandbox(message: unknown): message is FromSandbox {
  return hasKind(message) && (message.kind === 'listening' || message.kind === 'refused');
}

function hasKind(message: unknown): message is { kind: unknown } {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
