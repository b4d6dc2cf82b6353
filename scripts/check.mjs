// What `npm run check` runs: everything a reviewer should not have to look at. All checks run, even if one
// fails, so that one run shows all there is to mend.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureInstall, root } from './ensure-install.mjs';

const bin = (...parts) => path.join(root, 'node_modules', ...parts);
const rooms = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
  .map((entry) => entry.name);

// Each a name and a command.
const CHECKS = [
  ['format', bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint', bin('eslint', 'bin', 'eslint.js'), '.'],
  ['types', bin('typescript7', 'bin', 'tsc'), '--noEmit'],
  ['import law', bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), ...rooms],
  ['dead code', bin('knip', 'bin', 'knip.js'), '--no-progress'],
];

await ensureInstall();
if (hasDockerCompose()) CHECKS.push(['compose file', 'docker', 'compose', 'config', '--quiet']);

const failed = [];
for (const [name, tool, ...args] of CHECKS) {
  const startedAt = Date.now();
  const { code, output } = await run(tool, args);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✔' : '✖'} ${name} ${seconds} s`);
  if (code === 0) continue;
  failed.push(name);
  console.log(output.trimEnd().replace(/^/gm, '    '));
}
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);

/** The compose file is checked where there is a client that can. */
function hasDockerCompose() {
  return spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
}

/** Runs one tool to its end and keeps what it says, so that a passing check is one line. */
function run(tool, args) {
  const command = path.isAbsolute(tool) ? [process.execPath, tool] : [tool];
  const child = spawn(command[0], [...command.slice(1), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
