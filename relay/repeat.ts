/**
 * Does something over and over until told to stop; each turn says how long to wait for the next, in ms. One that
 * fails is told, and the next begins after `afterFailureMs`.
 */
export function repeat(
  turn: () => Promise<number>,
  { afterFailureMs, onError }: { afterFailureMs: number; onError(error: unknown): void },
): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function once(): Promise<void> {
    const pauseMs = await turn().catch((error: unknown) => {
      onError(error);
      return afterFailureMs;
    });
    if (!isStopped) timer = setTimeout(begin, pauseMs);
  }

  function begin(): void {
    running = once();
  }

  begin();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}
