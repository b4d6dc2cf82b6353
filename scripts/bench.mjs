// What `npm run bench` runs. Plain JavaScript that needs no dependency: it installs them first.
import path from 'node:path';
import { ensureInstall, root } from './ensure-install.mjs';

await ensureInstall();

// In this very process, so that a signal reaches the one who stops the children.
const { require: load } = await import('tsx/cjs/api');
const { main } = load(path.join(root, 'bench', 'main.ts'), import.meta.url);
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
  process.exit(1);
}
