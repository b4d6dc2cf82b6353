/**
 * Runs a program until SIGTERM or SIGINT: says when it is ready, stops it in order, and exits. A second signal
 * does not wait.
 */
export async function runUntilTold(
  start: () => Promise<{ stop(): Promise<void>; done?: Promise<void> }>,
): Promise<void> {
  const running = await start();
  process.send?.('ready');
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The parent is gone: nobody would stop us any more.
  process.on('disconnect', stop);
  await running.done;
}
