// What `npm start` runs. Plain JavaScript that needs no dependency: it installs them first.
import path from 'node:path';
import { ensureInstall, root } from './ensure-install.mjs';

const startedAtMs = Date.now();
await ensureInstall();

// In this very process, so that a signal reaches the one who stops the children.
const { require: load } = await import('tsx/cjs/api');
const { main } = load(path.join(root, 'runtime', 'dev', 'main.ts'), import.meta.url);
try {
  await main(process.argv.slice(2), process.env, startedAtMs);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
