import { loadConfig } from '../../runtime/config';
import { startSandbox } from '../../runtime/sandbox';

/** The sandbox as a process of its own, so that a test can kill it. Its settings come as JSON. */
async function main(): Promise<void> {
  const { port } = await startSandbox(loadConfig(JSON.parse(process.argv[2]!) as NodeJS.ProcessEnv));
  process.send?.({ port });
}

void main();
