import { execFile } from 'node:child_process';
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);

/** A Chromium that can be started, and what has to be added to its environment. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const FONTS_CONF = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`;

/** The system's own browser first, else the one inside an npm package, unpacked once for all clones. */
export async function findChromium(): Promise<Chromium> {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const files = folders.flatMap((folder) => SYSTEM_NAMES.map((name) => path.join(folder, name)));
  const executablePath = [...files, MAC_CHROME].find(isExecutable);
  return executablePath ? { executablePath, env: {} } : findPackagedChromium();
}

/** The Chromium that the npm package carries (Linux on x64), without asking the system for one. */
export async function findPackagedChromium(): Promise<Chromium> {
  const source = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'ordito');
  const folder = path.join(cache, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(path.join(source, 'bin'), folder);
  const executablePath = path.join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_PATH: folder };
  if (await runs(executablePath, env)) return { executablePath, env };
  // A bare system lacks libnss3: the package carries that, too.
  const withLibraries = { ...env, LD_LIBRARY_PATH: path.join(folder, 'lib') };
  if (await runs(executablePath, withLibraries)) return { executablePath, env: withLibraries };
  throw new Error('No browser for the tests: install Chromium, so that `chromium` is on the PATH.');
}

/** Unpacks beside the target and renames at the end, so that nobody meets a half-unpacked browser. */
async function unpack(source: string, target: string): Promise<void> {
  mkdirSync(path.dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}-`);
  try {
    const binary = path.join(draft, 'chromium');
    await decompress(path.join(source, 'chromium.br'), binary);
    chmodSync(binary, 0o755);
    for (const name of ['fonts', 'al2023']) await untar(path.join(source, `${name}.tar.br`), draft);
    writeFileSync(path.join(draft, 'fonts.conf'), FONTS_CONF(target));
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // else another run was quicker
  }
}

/** By a file of its own: tar stops reading where the archive ends, which breaks a pipe that has more to say. */
async function untar(source: string, folder: string): Promise<void> {
  const archive = path.join(folder, path.basename(source, '.br'));
  await decompress(source, archive);
  await run('tar', ['-x', '--no-same-owner', '-f', archive, '-C', folder]);
  rmSync(archive);
}

const decompress = (source: string, target: string): Promise<void> =>
  pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target));

async function runs(file: string, env: Record<string, string>): Promise<boolean> {
  try {
    await run(file, ['--version'], { env: { ...process.env, ...env }, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
