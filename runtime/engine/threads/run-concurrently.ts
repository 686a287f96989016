/** Works through `items` with `concurrency` at a time, in order of start; the first failure stops all of them. */
export async function runConcurrently<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, slot: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const slot = async (index: number) => {
    while (next < items.length && !failed) {
      const item = items[next++] as T;
      try {
        await work(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, (_, i) => slot(i)));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}
