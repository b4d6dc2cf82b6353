/** Stops what the set-up started: no process and no folder is left. */
export default async function tearDown(): Promise<void> {
  await globalThis.orditoTestEngines?.stop();
}
