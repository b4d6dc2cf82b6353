import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Every port of the embedded system, in the order in which `--port-base` counts them up. */
export const DEFAULT_PORTS = {
  api: 8080,
  temporal: 7233,
  temporalUi: 8233,
  postgres: 5433,
  smtp: 1025,
  mail: 8025,
  sandbox: 8090,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;
export type Ports = Record<PortName, number>;

const PURPOSES: Record<PortName, string> = {
  api: 'API and console',
  temporal: 'Temporal server',
  temporalUi: 'Temporal UI',
  postgres: 'PostgreSQL',
  smtp: 'SMTP',
  mail: 'mail page',
  sandbox: 'payment and carrier sandbox',
};

/** The ports that were asked for: one by one, else counted up from a base, else the fixed defaults. */
export function choosePorts(asked: Partial<Ports>, base?: number): Ports {
  const names = Object.keys(DEFAULT_PORTS) as PortName[];
  const entries = names.map((name, index) => {
    const fallback = base === undefined ? DEFAULT_PORTS[name] : base + index;
    return [name, asked[name] ?? fallback] as const;
  });
  return Object.fromEntries(entries) as Ports;
}

/**
 * Keeps each port that is free and takes the next free one in place of a busy one, telling so. No port is
 * given out twice, and none that another part asked for. The `unused` ones belong to parts that are not
 * started: nobody cares who has them.
 */
export async function freePorts(
  wanted: Ports,
  say: (message: string) => void,
  { unused = [], isFree = isPortFree }: { unused?: PortName[]; isFree?: typeof isPortFree } = {},
): Promise<Ports> {
  const chosen = { ...wanted };
  const taken = new Set<number>();
  const names = (Object.keys(wanted) as PortName[]).filter((name) => !unused.includes(name));
  for (const name of names) {
    const asked = wanted[name];
    if (taken.has(asked) || !(await isFree(asked))) {
      const avoided = new Set([...taken, ...Object.values(wanted)]);
      chosen[name] = await nextFree(asked + 1, avoided, isFree);
      say(`Port ${asked} (${PURPOSES[name]}) is busy: ${chosen[name]} is used instead.`);
    }
    taken.add(chosen[name]);
  }
  return chosen;
}

async function nextFree(from: number, avoided: Set<number>, isFree: typeof isPortFree): Promise<number> {
  for (let port = from; port <= 65_535; port += 1) {
    if (!avoided.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port was found from ${from} upwards.`);
}

/** True when nobody listens there, neither on this machine alone nor on all its addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 refuses `::` for another reason than that somebody has the port.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below the ports that Linux (from 32768), macOS and Windows (from 49152) lend to outgoing connections. */
const LASTING_PORTS = { from: 12_000, to: 32_000 };

/**
 * Free ports, all different; for tests, which must never meet a running system. A port of the system's own
 * choice would be one that any outgoing connection may take between two starts of a server.
 */
export async function pickFreePorts(count: number): Promise<number[]> {
  const picked = new Set<number>();
  for (let tries = 0; picked.size < count; tries += 1) {
    if (tries > 100 * count) throw new Error(`No ${count} free ports were found; ${tries} were tried.`);
    const port = randomInt(LASTING_PORTS.from, LASTING_PORTS.to);
    if (await isPortFree(port)) picked.add(port);
  }
  return [...picked];
}
