/** The operator's wish to stop: Ctrl-C or SIGTERM. */
export type StopRequest = {
  /** Settles at the first wish. */
  readonly asked: Promise<void>;
  readonly isAsked: boolean;
};

/** npm passes Ctrl-C on to a program that the terminal has told already; so early a second signal is no second wish. */
const ECHO_MS = 1_000;

/** Listens for signals from now on. A second one, a moment later, calls `hurry`, which should exit at once. */
export function listenForStop(hurry: () => void): StopRequest {
  let askedAt: number | null = null;
  let settle = (): void => {};
  const asked = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const onSignal = (): void => {
    if (askedAt !== null && performance.now() - askedAt > ECHO_MS) hurry();
    askedAt ??= performance.now();
    settle();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  if (process.stdout.isTTY) stopWithTerminal(onSignal);
  return {
    asked,
    get isAsked() {
      return askedAt !== null;
    },
  };
}

/** A closed terminal stops the server in order. Under `nohup` output is no terminal, and the signal is not ours to take. */
function stopWithTerminal(onSignal: () => void): void {
  process.on('SIGHUP', onSignal);
  // Nothing can be written to a terminal that is gone, and that must not stop the stopping.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
