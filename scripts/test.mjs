// What `npm test` runs: jest, after doing its own set-up. Arguments go on to jest.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstall, root } from './ensure-install.mjs';

await ensureInstall();
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Workflows run as in our programs: without it each test of orders takes a quarter longer.
const quickWorkflows = [
  '--require',
  'tsx/cjs',
  '--require',
  path.join(root, 'runtime', 'workflow-threads.ts'),
];
// What a test file loaded is never quite let go of: over the whole suite a process would grow to some gigabytes.
const given = process.argv.slice(2);
const renewed = given.every((each) => each.startsWith('-')) ? ['--workerIdleMemoryLimit=1GB'] : [];
const child = spawn(process.execPath, [...quickWorkflows, jest, ...renewed, ...given], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal's Ctrl-C reaches jest by itself; a signal to us alone must be passed on.
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
