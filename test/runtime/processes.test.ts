import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identifyProcess, isSameProcess } from '../../runtime/dev/process-identity';
import { createProcesses, type Processes, type Program } from '../../runtime/dev/processes';
import { endLeftovers, findRunningOwner } from '../../runtime/dev/run-record';
import { waitUntil } from '../../runtime/dev/wait-until';

/** A program that writes its process id and that of a child of its own, and then waits. */
const PARENT = `
  const { spawn } = require('node:child_process');
  const { writeFileSync, renameSync } = require('node:fs');
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const file = process.argv[1];
  writeFileSync(file + '.new', JSON.stringify([process.pid, grandchild.pid]));
  renameSync(file + '.new', file);
  process.on('SIGTERM', () => { if (process.argv[2] !== 'stubborn') { console.log('bye'); process.exit(0); } });
  process.send?.('ready');
  setInterval(() => 0, 1000);
`;
const WITHIN_MS = 20_000;

describe('a tree of processes', () => {
  let home: string;
  let said: string[];
  let processes: Processes;

  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'processes-'));
    said = [];
    processes = createProcesses({ home, say: (text) => said.push(text) });
  });
  afterEach(async () => {
    await processes.stopAll();
    rmSync(home, { recursive: true, force: true });
  });

  function program(name: string, change: Partial<Program> = {}): Program {
    const args = ['-e', PARENT, path.join(home, `${name}.pids`)];
    return { name, command: process.execPath, args, env: process.env, ready: 'message', ...change };
  }

  function pidsOf(name: string): number[] {
    return JSON.parse(readFileSync(path.join(home, `${name}.pids`), 'utf8')) as number[];
  }

  const isAlive = (pid: number) => identifyProcess(pid) !== undefined;
  const log = (name: string) => readFileSync(path.join(home, 'logs', `${name}.log`), 'utf8');

  it('is stopped whole, last started first, with what its members started', async () => {
    await processes.start(program('first'));
    await processes.start(program('second'));
    const pids = [...pidsOf('first'), ...pidsOf('second')];
    expect(pids.map(isAlive)).toEqual([true, true, true, true]);

    await processes.stopAll();

    expect(await waitUntil(() => !pids.some(isAlive), WITHIN_MS)).toBe(true);
    expect(log('first')).toContain('bye');
    expect(existsSync(path.join(home, 'run.json'))).toBe(false);
  });

  it('is stopped by force where asking does not help', async () => {
    const args = ['-e', PARENT, path.join(home, 'deaf.pids'), 'stubborn'];
    await processes.start(program('deaf', { args, graceMs: 50 }));
    const pids = pidsOf('deaf');

    await processes.stopAll();

    expect(await waitUntil(() => !pids.some(isAlive), WITHIN_MS)).toBe(true);
    expect(said).toEqual(['deaf did not stop in time; it is killed']);
  });

  it('starts a member again when it dies, and ends what that one had started', async () => {
    await processes.start(program('worker'));
    const before = pidsOf('worker');
    process.kill(before[0]!, 'SIGKILL');

    expect(await waitUntil(() => pidsOf('worker')[0] !== before[0], WITHIN_MS)).toBe(true);
    expect(await waitUntil(() => !before.some(isAlive), WITHIN_MS)).toBe(true);
    expect(said).toEqual(['worker ended unexpectedly (SIGKILL); starting it again']);
  });

  it('tells the end of the log when a member does not get ready', async () => {
    const args = ['-e', 'console.error("no such table: orders"); process.exit(3)'];
    await expect(processes.start(program('api', { args }))).rejects.toThrow(
      /^api ended before it was ready \(exit code 3\).*api\.log:\nno such table: orders$/s,
    );
    const silent = ['-e', 'setInterval(() => 0, 1000)'];
    await expect(processes.start(program('mute', { args: silent, readyWithinMs: 100 }))).rejects.toThrow(
      /^mute was not ready within/,
    );
    await expect(processes.start(program('none', { command: '/no/such/program' }))).rejects.toThrow(/ENOENT/);
  });

  it('runs jobs to their end and says why one failed', async () => {
    await processes.run(program('job', { args: ['-e', 'console.log("done")'] }));
    expect(log('job')).toBe('done\n');
    const args = ['-e', 'console.error("bad migration"); process.exit(1)'];
    await expect(processes.run(program('job', { args }))).rejects.toThrow(
      /^job failed \(exit code 1\).*\nbad migration$/s,
    );
  });

  it('starts nothing any more once it is being stopped', async () => {
    await processes.stopAll();
    await expect(processes.start(program('late'))).rejects.toThrow(/being stopped/);
  });
});

describe('what a killed run left', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'leftovers-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function startSleeper(): { pid: number; identity: string } {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    return { pid: child.pid!, identity: identifyProcess(child.pid!)! };
  }

  function record(owner: { pid: number; identity: string }, child: { pid: number; identity: string }): void {
    const children = [{ name: 'sleeper', stopSignal: 'SIGTERM', ...child }];
    writeFileSync(path.join(home, 'run.json'), JSON.stringify({ owner, children }));
  }

  it('is ended by the next start', async () => {
    const sleeper = startSleeper();
    record({ pid: 2 ** 22 + 1, identity: 'gone' }, sleeper);
    expect(await endLeftovers(home)).toEqual(['sleeper']);
    expect(isSameProcess(sleeper.pid, sleeper.identity)).toBe(false);
    expect(existsSync(path.join(home, 'run.json'))).toBe(false);
  });

  it('is left alone when the number belongs to another process by now', async () => {
    const stranger = startSleeper();
    record({ pid: 2 ** 22 + 1, identity: 'gone' }, { ...stranger, identity: 'another life' });
    expect(await endLeftovers(home)).toEqual([]);
    expect(isSameProcess(stranger.pid, stranger.identity)).toBe(true);
    process.kill(stranger.pid, 'SIGKILL');
  });

  it('is not left over while its owner lives', async () => {
    const owner = startSleeper();
    const sleeper = startSleeper();
    record(owner, sleeper);
    expect(findRunningOwner(home)).toBe(owner.pid);
    expect(await endLeftovers(home)).toEqual([]);
    expect(isSameProcess(sleeper.pid, sleeper.identity)).toBe(true);
    for (const { pid } of [owner, sleeper]) process.kill(pid, 'SIGKILL');
  });
});
