/** What the primary tells a worker. Secrets and settings it reads itself, from where the primary did. */
export type ToWorker = Begin | { kind: 'stop' };

export type Begin = { kind: 'begin'; database: { url: string; directUrl: string }; paymentsUrl: string };

export type FromWorker = { kind: 'listening'; port: number };

export function isToWorker(message: unknown): message is ToWorker {
  return hasKind(message) && (message.kind === 'begin' || message.kind === 'stop');
}

export function isFromWorker(message: unknown): message is FromWorker {
  return hasKind(message) && message.kind === 'listening';
}

function hasKind(message: unknown): message is { kind: unknown } {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
