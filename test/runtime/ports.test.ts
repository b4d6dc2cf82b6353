import { createServer, type Server } from 'node:net';
import {
  choosePorts,
  DEFAULT_PORTS,
  freePorts,
  isPortFree,
  pickFreePorts,
  type Ports,
} from '../../runtime/dev/ports';

const everyPortIsFree = async () => true;

function listen(host: string): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, host, () => resolve({ server, port: (server.address() as { port: number }).port }));
  });
}

describe('the ports', () => {
  it('are the fixed defaults, one by one settable', () => {
    expect(choosePorts({})).toEqual(DEFAULT_PORTS);
    expect(choosePorts({ api: 9000 })).toEqual({ ...DEFAULT_PORTS, api: 9000 });
  });

  it('count up from a base, and one that was named keeps its number', () => {
    const ports = choosePorts({ mail: 5000 }, 18_000);
    expect(ports.api).toBe(18_000);
    expect(ports.mail).toBe(5000);
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(DEFAULT_PORTS).length);
  });

  it('stay as asked for while they are free', async () => {
    const said: string[] = [];
    expect(await freePorts(choosePorts({}), (text) => said.push(text), { isFree: everyPortIsFree })).toEqual(
      DEFAULT_PORTS,
    );
    expect(said).toEqual([]);
  });

  it('give way when they are busy, and say so', async () => {
    const said: string[] = [];
    const isFree = async (port: number) => ![8080, 8081].includes(port);
    const ports = await freePorts(choosePorts({}), (text) => said.push(text), { isFree });
    expect(ports).toEqual({ ...DEFAULT_PORTS, api: 8082 });
    expect(said).toEqual(['Port 8080 (API and console) is busy: 8082 is used instead.']);
  });

  it('do not give way to a port that another part asked for', async () => {
    const isFree = async (port: number) => port !== 18_000;
    const ports = await freePorts(choosePorts({}, 18_000), () => undefined, { isFree });
    expect(ports).toEqual({ ...choosePorts({}, 18_000), api: 18_007 });
  });

  it('may be busy where the part is not started', async () => {
    const said: string[] = [];
    const options = { isFree: async (port: number) => port !== 5433, unused: ['postgres' as const] };
    await freePorts(choosePorts({}), (text) => said.push(text), options);
    expect(said).toEqual([]);
  });

  it('are never given out twice', async () => {
    const all = Object.fromEntries(Object.keys(DEFAULT_PORTS).map((name) => [name, 9000])) as Ports;
    const ports = await freePorts(all, () => undefined, { isFree: everyPortIsFree });
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(DEFAULT_PORTS).length);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('are busy when somebody listens on %s', async (host) => {
    const { server, port } = await listen(host);
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });

  it('can be picked by the system, all different', async () => {
    const ports = await pickFreePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) expect(port).toBeLessThan(32_768); // what outgoing connections begin with
  });
});
