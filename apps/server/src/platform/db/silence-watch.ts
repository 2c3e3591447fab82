/** Whether somebody answers at all. States: quiet (nothing asked) → waiting → (an answer) waiting or quiet → (silence) told. */
export type SilenceWatch = {
  /** So many answers are expected from now on. */
  asked(count: number): void;
  answered(): void;
  stop(): void;
};

const LOOKS = 10;

/**
 * Calls `onSilence` when answers are waited for and none has come for `silenceMs`, give or take a tenth. It looks a few
 * times by one timer, so that a round trip pays for two assignments.
 */
export function watchSilence(silenceMs: number, onSilence: () => void): SilenceWatch {
  let waitedFor = 0;
  let lastMs = 0;
  const timer = setInterval(() => {
    if (waitedFor === 0 || performance.now() - lastMs < silenceMs) return;
    clearInterval(timer);
    onSilence();
  }, silenceMs / LOOKS);
  timer.unref();
  return {
    asked: (count) => {
      waitedFor += count;
      lastMs = performance.now();
    },
    answered: () => {
      waitedFor -= 1;
      lastMs = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
