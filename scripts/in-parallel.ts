/**
 * Does work for each item, at most `width` at a time, in the order of the items. Stops taking new ones when
 * `isStopped` says so; those under way are finished. An error ends it when the rest under way has ended.
 */
export async function inParallel<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let hasFailed = false;
  const follow = async (): Promise<void> => {
    while (!hasFailed && !isStopped()) {
      const next = left.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: width }, follow));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}
