import { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../../domain/catalogue/product';
import type { OrderView } from '../../store/read/order-view';
import { createClients, type Clients } from '../patient-client';
import { startProgressBar } from '../progress-bar';
import { findRunningSystem, type RunningSystem } from '../running-system';
import { textTable } from '../text-table';
import { faultsOf, inWords } from './outcome';
import { createStage } from './stage';
import { stories } from './stories';
import type { Story } from './stories/steps';

interface Flags {
  baseUrl?: string;
  key?: string;
  mail?: string;
  pace: number;
}

const patienceMs = 30_000;

const program = new Command('npm run demo --')
  .description('Plays a morning of the demo retailer against a running system, through its API alone.')
  .option('--base-url <url>', 'where the system answers, if not the one of npm start')
  .option('--key <key>', 'an API key of role admin, if not the demo keys')
  .option('--mail <url>', 'where its mails can be read, if it is not the system of npm start')
  .option('--pace <ms>', 'from one customer to the next', Number, 250)
  .action(run);

void program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

interface Played {
  story: Story;
  order: OrderView | null;
  faults: string[];
}

async function run(flags: Flags): Promise<void> {
  const system = await findRunningSystem(flags);
  const clients = createClients(system, patienceMs);
  const catalogue = await readCatalogue(clients);
  const startedAt = Date.now();
  const played = await playAll(system, clients, catalogue, flags);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n${resultTable(system, played)}\n`);
  const wrong = played.filter(({ faults }) => faults.length > 0);
  for (const { story, faults } of wrong) console.log(`✖ ${story.title}\n    ${faults.join('\n    ')}`);
  console.log(
    wrong.length === 0
      ? `All ${played.length} stories ended as they should, in ${seconds} s.`
      : `${wrong.length} of ${played.length} stories did not end as they should.`,
  );
  if (system.console)
    console.log(`Have a look: ${system.console}${system.mail ? `, mails: ${system.mail}` : ''}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function playAll(
  system: RunningSystem,
  clients: Clients,
  catalogue: ReadonlyMap<string, Product>,
  flags: Flags,
): Promise<Played[]> {
  const paceMs = flags.pace;
  const morning = `DEMO-${Date.now().toString(36).toUpperCase()}`;
  console.log(`A morning at Cima & Lago (${morning}) at ${system.baseUrl}\n`);
  const progress = startProgressBar('Orders', stories.length);
  const carrierPlays = system.carrier === 'auto';
  const played = await Promise.all(
    stories.map(async (story, index) => {
      await sleep(index * paceMs);
      const reference = `${morning}-${String(index + 1).padStart(2, '0')}`;
      const betweenScansMs = 4 * paceMs;
      const stage = createStage({
        ...{ clients, catalogue, carrierPlays, reference, betweenScansMs },
        mailUrl: flags.mail ?? system.mail,
      });
      const result = await playOne(story, stage);
      progress.tick();
      progress.say(
        `${result.faults.length === 0 ? '✔' : '✖'} ${result.order?.number ?? reference}  ${story.title}`,
      );
      return result;
    }),
  );
  progress.end();
  return played;
}

async function playOne(story: Story, stage: ReturnType<typeof createStage>): Promise<Played> {
  try {
    const order = await story.play(stage);
    const expected = typeof story.outcome === 'function' ? story.outcome(order) : story.outcome;
    return { story, order, faults: faultsOf(expected, order) };
  } catch (error) {
    return { story, order: null, faults: [error instanceof Error ? error.message : String(error)] };
  }
}

async function readCatalogue({ channel }: Clients): Promise<Map<string, Product>> {
  const catalogue = new Map<string, Product>();
  for (let cursor: string | undefined; ;) {
    const page = await channel.get<{ items: Product[]; nextCursor?: string }>('/v1/products', {
      limit: 200,
      cursor,
    });
    for (const product of page.items) catalogue.set(product.sku, product);
    if (page.nextCursor === undefined) break;
    cursor = page.nextCursor;
  }
  if (catalogue.has('DOLOMIA-PINE-M')) return catalogue;
  throw new Error('The demo retailer is not loaded here: start the system without --empty.');
}

function resultTable(system: RunningSystem, played: readonly Played[]): string {
  const link = (order: OrderView) =>
    system.console ? `${system.console}orders/${order.id}` : `${system.baseUrl}/v1/orders/${order.id}`;
  const rows = played.map(({ story, order, faults }) => [
    faults.length === 0 ? '✔' : '✖',
    order?.number ?? '',
    story.title,
    order ? inWords(order) : 'failed',
    order ? link(order) : '',
  ]);
  return textTable(['', 'Order', 'Story', 'State', 'Link'], rows);
}
