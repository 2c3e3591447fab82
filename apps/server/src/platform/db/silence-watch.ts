/** Whether somebody answers at all. States: quiet (nothing asked) → waiting → (the answer) quiet or (silence) told. */
export type SilenceWatch = {
  asked(): void;
  answered(): void;
  stop(): void;
};

const LOOKS = 10;

/**
 * Calls `onSilence` when an answer has been waited for `silenceMs`, give or take a tenth. It looks a few times by one
 * timer, so that a round trip pays for two assignments.
 */
export function watchSilence(silenceMs: number, onSilence: () => void): SilenceWatch {
  let askedMs = Number.POSITIVE_INFINITY;
  const timer = setInterval(() => {
    if (performance.now() - askedMs < silenceMs) return;
    clearInterval(timer);
    onSilence();
  }, silenceMs / LOOKS);
  timer.unref();
  return {
    asked: () => {
      askedMs = performance.now();
    },
    answered: () => {
      askedMs = Number.POSITIVE_INFINITY;
    },
    stop: () => clearInterval(timer),
  };
}
