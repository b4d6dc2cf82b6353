import { installRuntime } from '../../../runtime/worker';
import { connect, type Database } from '../../../store/connect';
import { startMachines, type Machines, type MachinesOptions } from './machines';

/** Machines for the tests of a file, and a way to their database; filled before the first, stopped after the last. */
export function useMachines(options: MachinesOptions): { machines: Machines; db: Database } {
  const used = {} as { machines: Machines; db: Database };
  beforeAll(async () => {
    installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
    used.machines = await startMachines(options);
    used.db = connect(used.machines.databaseUrl, 4);
  }, 120_000);
  afterAll(async () => {
    await used.db?.destroy();
    await used.machines?.stop();
  }, 60_000);
  return used;
}
