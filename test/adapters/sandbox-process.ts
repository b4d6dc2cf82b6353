import { startSandbox, type SandboxOptions } from '../../runtime/sandbox';

/** The sandbox as a process of its own, so that a test can kill it. */
async function main(): Promise<void> {
  const { port } = await startSandbox(JSON.parse(process.argv[2]!) as SandboxOptions);
  process.send?.({ port });
}

void main();
