import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { roles } from '../../domain/access';
import { isPortFree, pickFreePorts } from '../../runtime/dev/ports';
import { isSameProcess } from '../../runtime/dev/process-identity';
import { waitUntil } from '../../runtime/dev/wait-until';

const ROOT = path.resolve(__dirname, '..', '..');
const WITHIN_MS = 60_000;

interface Ready {
  api: string;
  console: string;
  docs: string;
  temporalUi: string;
  temporalAddress: string;
  databaseUrl: string;
  mail: string;
  keys: Record<string, string>;
}

interface Member {
  name: string;
  pid: number;
  identity: string;
}

/** `npm start` as a person or a script runs it, on a state and ports of its own. */
describe('npm start', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'npm-start-'));
  let npm: ChildProcess | undefined;
  let told: string;

  afterAll(async () => {
    if (npm?.exitCode === null) await stop(npm);
    rmSync(home, { recursive: true, force: true });
  });

  async function start(portBase: number): Promise<Ready> {
    const { NODE_ENV: _, ...env } = process.env;
    told = '';
    npm = spawn('npm', ['start', '--', '--empty', '--json', '--port-base', String(portBase)], {
      cwd: ROOT,
      env: { ...env, ORDITO_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    npm.stderr!.on('data', (chunk: Buffer) => (told += chunk.toString()));
    for await (const line of createInterface({ input: npm.stdout! }))
      if (line.startsWith('{')) return JSON.parse(line) as Ready;
    throw new Error(`npm start ended before it was ready:\n${told}`);
  }

  async function stop(child: ChildProcess): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  }

  function members(): Member[] {
    const record = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as {
      owner: Omit<Member, 'name'>;
      children: Member[];
    };
    return [{ name: 'start', ...record.owner }, ...record.children];
  }

  /** A shelf at its reorder point, of which somebody is to hear. */
  async function makeShort({ api, keys }: Ready): Promise<void> {
    const headers = { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' };
    const put = async (url: string, body: object) => {
      const answer = await fetch(`${api}${url}`, { method: 'PUT', headers, body: JSON.stringify(body) });
      expect(answer.status).toBe(200);
    };
    const address = { line1: 'Via Roma 1', postalCode: '40121', city: 'Bologna', country: 'IT' };
    await put('/v1/products/CUP', { title: 'Cup', taxRateBps: 2200 });
    await put('/v1/locations/hall', {
      ...{ type: 'warehouse', name: 'Hall', address, capabilities: ['ship'], priority: 1, actWithin: 'P1D' },
    });
    await put('/v1/reorder-points/hall/CUP', { mode: 'propose', point: 5, target: 9 });
  }

  const isAlive = ({ pid, identity }: Member) => isSameProcess(pid, identity);
  const isHealthy = async (api: string) => (await fetch(`${api}/healthz`)).status === 200;

  it('brings everything up, goes on after kill -9, and leaves nothing behind', async () => {
    const [portBase] = await pickFreePorts(1);
    const first = await start(portBase!);
    expect(Object.keys(first.keys).sort()).toEqual([...roles].sort());
    expect(await isHealthy(first.api)).toBe(true);
    for (const page of [first.docs, first.temporalUi, first.mail, first.console])
      expect((await fetch(page)).status).toBe(200);
    const names = members().map((member) => member.name);
    expect(names.sort()).toEqual(['api', 'mail', 'postgres', 'sandbox', 'start', 'temporal', 'worker']);

    // The whole tree at once, as when a machine goes down.
    const killed = members();
    for (const { pid } of killed) process.kill(pid, 'SIGKILL');
    expect(await waitUntil(() => !killed.some(isAlive), WITHIN_MS)).toBe(true);

    const second = await start(portBase!);
    expect(second.keys).toEqual(first.keys);
    expect(await isHealthy(second.api)).toBe(true);

    await makeShort(second);
    const isOfficeTold = async () => {
      const mails = await fetch(new URL('/api/mails?to=office', second.mail));
      return ((await mails.json()) as { items: unknown[] }).items.length > 0;
    };
    expect(await waitUntil(isOfficeTold, WITHIN_MS)).toBe(true);

    const running = members();
    expect(await stop(npm!)).toBe(0);
    expect(running.filter(isAlive)).toEqual([]);
    const ports = [second.api, second.temporalUi, second.mail, second.databaseUrl].map(
      (url) => new URL(url).port,
    );
    for (const port of ports) expect(await isPortFree(Number(port))).toBe(true);
  }, 180_000);
});
