/** What the sandbox can pretend: not to be there, to fail, never to answer. */
export const FAULT_KINDS = ['none', 'down', 'error_500', 'hang'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULT_MS_MAX = 24 * 60 * 60_000;

export type Faults = {
  /** From now on for so long; `none` ends what there is. */
  set(kind: FaultKind, ms: number): void;
  now(): FaultKind;
  close(): void;
};

/** `onChange` is told of what begins and of what is over. */
export function buildFaults(onChange: (kind: FaultKind) => void): Faults {
  let kind: FaultKind = 'none';
  let timer: NodeJS.Timeout | null = null;

  function end(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    kind = 'none';
  }

  return {
    set: (wanted, ms) => {
      end();
      kind = wanted;
      onChange(wanted);
      if (wanted === 'none') return;
      timer = setTimeout(() => {
        end();
        onChange('none');
      }, ms);
      timer.unref();
    },
    now: () => kind,
    close: end,
  };
}
