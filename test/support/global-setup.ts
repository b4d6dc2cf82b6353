import { startEngines, type TestEngines } from './engines';

declare global {
  var orditoTestEngines: TestEngines | undefined;
}

/** Starts the engines once for the whole run; test files find them by the environment. */
export default async function setUp(): Promise<void> {
  const engines = await startEngines();
  globalThis.orditoTestEngines = engines;
  process.env.TEST_DATABASE_URL = engines.databaseUrl;
  process.env.TEST_TEMPLATE_DATABASE = engines.templateDatabase;
  process.env.TEST_TEMPORAL_ADDRESS = engines.temporalAddress;
  process.env.TEST_TEMPORAL_CLI = engines.temporalCli;
  // An interrupted run skips the teardown.
  for (const [signal, code] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const])
    process.once(signal, () => void engines.stop().finally(() => process.exit(code)));
}
