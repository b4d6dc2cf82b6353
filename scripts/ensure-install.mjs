import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const OLDEST_NODE = [20, 19];

/** Ends with one clear sentence when Node is older than what the libraries run on. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isNewEnough) return;
  console.error(`Ordito needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the dependencies when they are missing or older than the lock file. Tells so on stderr. */
export async function ensureInstall() {
  checkNode();
  const reason = whyInstall();
  if (!reason) return;
  const startedAt = Date.now();
  console.error(`Installing dependencies (${reason}): npm ci`);
  await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  console.error(`Dependencies installed in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
}

/**
 * npm notes what it installed in a file of its own beside the packages: that file older than the lock file
 * may only mean a fresh checkout, so what they say is compared.
 */
function whyInstall() {
  const lock = path.join(root, 'package-lock.json');
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'they are missing';
  if (!existsSync(lock) || statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return undefined;
  return isSameTree(lock, installed) ? undefined : 'they are older than the lock file';
}

function isSameTree(lock, installed) {
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages ?? {};
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages ?? {};
  return Object.entries(wanted).every(([folder, { version, optional }]) => {
    if (folder === '') return true;
    const found = present[folder];
    return found ? found.version === version : optional === true;
  });
}

function runNpm(args) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Standard output stays free for whoever reads it; a signal of ours ends npm, too.
  const child = spawn(npm, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`npm cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      if (code === 0) resolve();
      else fail(`npm ci failed (${signal ?? `exit code ${code}`}); what it said stands above.`);
    });
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
