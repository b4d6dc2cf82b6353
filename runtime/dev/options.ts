import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PORTS, type PortName, type Ports } from './ports';

/** What `npm start` was asked to do. */
export interface StartOptions {
  home: string;
  isEmpty: boolean;
  asJson: boolean;
  wantsHelp: boolean;
  carrier: 'auto' | 'manual';
  portBase?: number;
  ports: Partial<Ports>;
}

const PORT_FLAGS: Record<string, PortName> = {
  'api-port': 'api',
  'temporal-port': 'temporal',
  'temporal-ui-port': 'temporalUi',
  'postgres-port': 'postgres',
  'smtp-port': 'smtp',
  'mail-port': 'mail',
  'sandbox-port': 'sandbox',
};

export const HELP = `npm start -- [options]

  --empty              start without demo data
  --json               print one JSON line on stdout when everything is ready, all else on stderr
  --carrier auto       the sandbox carrier delivers by itself (the default with demo data)
  --carrier manual     it waits for whoever plays the carrier (the default with --empty)
  --port-base N        take the ports N, N+1, ... for everything
${Object.entries(PORT_FLAGS)
  .map(([flag, name]) => `  ${`--${flag} N`.padEnd(21)}${DEFAULT_PORTS[name]} unless told otherwise`)
  .join('\n')}

Environment: ORDITO_HOME (the state's folder, .ordito), and TEMPORAL_ADDRESS, DATABASE_URL, SMTP_URL, each of
which replaces the part that would be started here.
`;

/** Reads the flags and the environment of `npm start`; throws with one sentence on what is not understood. */
export function readStartOptions(argv: string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const flags = Object.fromEntries(
    Object.keys(PORT_FLAGS).map((flag) => [flag, { type: 'string' as const }]),
  );
  const { values } = parseArgs({
    args: argv,
    options: {
      ...flags,
      empty: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      carrier: { type: 'string' },
      'port-base': { type: 'string' },
    },
  }) as { values: Record<string, string | boolean | undefined> };
  const isEmpty = values.empty === true;
  const portBase = values['port-base'];
  return {
    home: path.resolve(root, env.ORDITO_HOME || '.ordito'),
    isEmpty,
    asJson: values.json === true,
    wantsHelp: values.help === true,
    carrier: readCarrier(values.carrier, isEmpty),
    portBase: portBase === undefined ? undefined : readPort('port-base', portBase),
    ports: readPorts(values),
  };
}

function readCarrier(value: string | boolean | undefined, isEmpty: boolean): 'auto' | 'manual' {
  if (value === undefined) return isEmpty ? 'manual' : 'auto';
  if (value === 'auto' || value === 'manual') return value;
  throw new Error(`--carrier is "auto" or "manual", not "${value}".`);
}

function readPorts(values: Record<string, string | boolean | undefined>): Partial<Ports> {
  const asked = Object.entries(PORT_FLAGS).filter(([flag]) => values[flag] !== undefined);
  return Object.fromEntries(asked.map(([flag, name]) => [name, readPort(flag, values[flag]!)]));
}

function readPort(flag: string, value: string | boolean): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Error(`--${flag} is a port from 1 to 65535, not "${value}".`);
}
