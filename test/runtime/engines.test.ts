import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as WorkflowClient, Connection } from '@temporalio/client';
import { Client } from 'pg';
import { pickFreePorts } from '../../runtime/dev/ports';
import { startPostgres } from '../../runtime/dev/postgres';
import { createProcesses, type Processes } from '../../runtime/dev/processes';
import { answersAtTemporal, startTemporal } from '../../runtime/dev/temporal-server';
import { waitUntil } from '../../runtime/dev/wait-until';

const WITHIN_MS = 30_000;

describe('an embedded engine that is killed with -9', () => {
  let home: string;
  let processes: Processes;

  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'engines-'));
    chmodSync(home, 0o755);
    processes = createProcesses({ home, say: () => undefined });
  });
  afterEach(async () => {
    await processes.stopAll();
    rmSync(home, { recursive: true, force: true });
  });

  function pidOf(name: string): number | undefined {
    if (!existsSync(path.join(home, 'run.json'))) return undefined;
    const record = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as {
      children: { name: string; pid: number }[];
    };
    return record.children.find((child) => child.name === name)?.pid;
  }

  /** Kills it and waits until another has taken its place. */
  async function killAndAwaitNext(name: string): Promise<void> {
    const pid = pidOf(name)!;
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => ![undefined, pid].includes(pidOf(name)), WITHIN_MS);
  }

  async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  it('is started again by itself and has lost no order: PostgreSQL', async () => {
    const [port] = await pickFreePorts(1);
    const { url } = await startPostgres({ home, port: port!, env: process.env, processes });
    await query(url, 'create table orders (number text)');
    await query(url, "insert into orders values ('1001')");

    await killAndAwaitNext('postgres');

    const answers = async () => (await query(url, 'select 1')).length === 1;
    expect(await waitUntil(answers, WITHIN_MS)).toBe(true);
    expect(await query(url, 'select number from orders')).toEqual([{ number: '1001' }]);
  });

  it('starts although its lock names a process that is another by now: PostgreSQL', async () => {
    const [port] = await pickFreePorts(1);
    const options = { home, port: port!, env: process.env, processes };
    const first = await startPostgres(options);
    await query(first.url, 'create table orders (number text)');
    await first.stop();
    writeFileSync(path.join(home, 'postgres', 'postmaster.pid'), `${process.pid}\n`);

    const second = await startPostgres(options);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select count(*)::int as count from orders')).toEqual([{ count: 0 }]);
  });

  it('is started again by itself and has lost no workflow: Temporal', async () => {
    const [port] = await pickFreePorts(1);
    const cli = process.env.TEST_TEMPORAL_CLI!;
    const { address } = await startTemporal({ cli, home, port: port!, env: process.env, processes });
    const start = await connect(address);
    const handle = await start.client.workflow.start('order', { workflowId: 'order:1', taskQueue: 'orders' });
    await start.connection.close();

    await killAndAwaitNext('temporal');

    expect(await waitUntil(() => answersAtTemporal(address), WITHIN_MS)).toBe(true);
    const { client, connection } = await connect(address);
    const found = await client.workflow.getHandle('order:1').describe();
    await connection.close();
    expect([found.runId, found.status.name]).toEqual([handle.firstExecutionRunId, 'RUNNING']);
  });
});

async function connect(address: string): Promise<{ client: WorkflowClient; connection: Connection }> {
  const connection = await Connection.connect({ address });
  return { client: new WorkflowClient({ connection }), connection };
}
