import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import tearDown from '../test/support/global-teardown';
import setUp from '../test/support/global-setup';
import { openShop } from '../test/support/shop';
import { stories } from '../test/support/stories';
import { startSystem } from '../test/support/system';

const folder = path.resolve(__dirname, '..', 'test', 'histories');

/**
 * Plays every story, or those named, on engines of its own and keeps the histories. Run it when an order's workflow has learnt a
 * new way; a history that is there stays as it is, because orders like it are under way somewhere.
 */
async function saveHistories(version: string, names: string[]): Promise<void> {
  await setUp();
  const system = await startSystem();
  const connection = await Connection.connect(system.config.temporal.connectionOptions);
  try {
    const shop = await openShop(system);
    const { workflow } = new Client({ connection });
    mkdirSync(folder, { recursive: true });
    for (const [name, play] of Object.entries(stories)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const reference = `history-${name}`;
      const { workflowId } = await shop.order(await play(shop, reference));
      const history = await workflow.getHandle(workflowId).fetchHistory();
      const file = path.join(folder, `${version}-${name}.json`);
      writeFileSync(file, `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
      process.stdout.write(`${path.basename(file)}: ${history.events?.length} events\n`);
    }
  } finally {
    await connection.close();
    await system.stop();
    await tearDown();
  }
}

const [version, ...names] = process.argv.slice(2);
if (!version) {
  process.stderr.write('Name the version that the histories are of: npx tsx scripts/save-histories.ts 0.1\n');
  process.exit(2);
}
void saveHistories(version, names);
