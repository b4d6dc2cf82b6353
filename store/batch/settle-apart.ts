/**
 * Runs a batch that the database takes as a whole or not at all. If it refuses the batch for what one of the
 * requests says, the halves are tried, down to the one at fault, which alone is told; the order is kept. Any other
 * failure (no connection, say) is everybody's.
 */
export async function settleApart<Request, Answer>(
  batch: readonly Request[],
  run: (batch: readonly Request[]) => Promise<Answer[]>,
): Promise<PromiseSettledResult<Answer>[]> {
  try {
    const answers = await run(batch);
    return answers.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (batch.length === 1 || !isRefusal(reason))
      return batch.map(() => ({ status: 'rejected', reason }) as const);
    const middle = Math.ceil(batch.length / 2);
    const first = await settleApart(batch.slice(0, middle), run);
    return [...first, ...(await settleApart(batch.slice(middle), run))];
  }
}

/** By SQLSTATE: bad data (22) or a constraint (23). */
const isRefusal = (reason: unknown): boolean => /^2[23]...$/.test((reason as { code?: string }).code ?? '');
