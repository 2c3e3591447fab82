/** Does the work `count` times, so many at once. */
export async function inParallel(atOnce: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let begun = 0;
  const inTurn = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await work(begun - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
}
