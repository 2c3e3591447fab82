/** A kill that waits for its message. */
export type Ambush = { struck: Promise<void>; disarm(): void };

const STRUCK_WITHIN_MS = 60_000;

/** Ends when it has come and what was killed is up again. Rejects where the message never comes. */
export async function untilStruck({ struck, disarm }: Ambush): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      disarm();
      reject(new Error('the path never came to this point'));
    }, STRUCK_WITHIN_MS);
  });
  await Promise.race([struck, late]).finally(() => clearTimeout(timer));
}
