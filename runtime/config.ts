import os from 'node:os';
import path from 'node:path';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import type { LimitSettings } from '../api/http/limits';
import { parseDuration } from '../domain/time/duration';
import { trustProxy } from './trust-proxy';

const port = z.coerce.number().int().min(0).max(65535);
const optionalUrl = z
  .string()
  .optional()
  .transform((text) => (text ? text : null));

/** In milliseconds; longer than nothing. */
const duration = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((text, context) => {
      const parsed = parseDuration(text);
      if (parsed.outcome === 'parsed' && parsed.ms > 0) return parsed.ms;
      context.addIssue({ code: 'custom', message: `must be a duration such as ${usual}` });
      return z.NEVER;
    });

const timeZone = z
  .string()
  .default('Europe/Rome')
  .refine((name) => canTell(name), 'must be the IANA name of a time zone, such as Europe/Rome');
function canTell(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== null;
  } catch {
    return false;
  }
}

const schema = z.object({
  ORDITO_ENV: z.enum(['development', 'production']).default('production'),
  ORDITO_HOME: z.string().default(path.join(os.tmpdir(), 'ordito')),
  ORDITO_SECRET: z.string().min(32, 'must be at least 32 characters: it signs links, sessions and webhooks'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_UI_URL: optionalUrl,
  SMTP_URL: z.string().default('smtp://127.0.0.1:1025'),
  MAIL_FROM: z.string().default('Ordito <orders@ordito.example>'),
  MAIL_URL: optionalUrl,
  SHOP_TIME_ZONE: timeZone,
  OFFICE_MAIL: z.union([z.literal(''), z.email('must be a mail address')]).optional(),
  API_PORT: port.default(8080),
  API_HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  TRUST_PROXY: trustProxy,
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(6000),
  WRONG_KEYS_PER_MINUTE: z.coerce.number().int().min(0).default(20),
  RESERVATION_MAX: duration('PT2H'),
  FEED_ROWS_KEPT: duration('P30D'),
  SIMULATION_ORDERS_KEPT: duration('P90D'),
  SANDBOX_PORT: port.default(8090),
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_URL: z.url().default('http://127.0.0.1:8090'),
  CARRIER_MODE: z.enum(['auto', 'manual']).default('manual'),
  CARRIER_SPEED_MS: z.coerce.number().int().min(10).default(3000),
  BANK_HOLDER: z.string().default('Ordito Demo S.r.l.'),
  // The example IBAN of the Italian standard: no account.
  BANK_IBAN: z.string().default('IT60 X054 2811 1010 0000 0123 456'),
  COMPANY_PREFIX: z
    .string()
    .regex(/^\d{4,12}$/)
    .default('0412345'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  // Acted upon in the threads that it is about: runtime/workflow-threads.ts.
  WORKFLOW_STACK_TRACES: z.enum(['on', 'off']).default('off'),
  WORKER_CACHED_WORKFLOWS: z.coerce.number().int().min(10).default(2000),
});

export interface Config {
  environment: 'development' | 'production';
  /** Folder for what may be made again: bundles and the like. */
  home: string;
  secret: string;
  databaseUrl: string;
  databasePool: number;
  temporal: ClientConnectConfig;
  temporalUiUrl: string | null;
  smtpUrl: string;
  mailFrom: string;
  mailUrl: string | null;
  /** IANA name: in which mails and documents tell days and hours. */
  timeZone: string;
  /** Who is told of shortages. */
  officeMail: string | null;
  api: {
    port: number;
    host: string;
    publicUrl: string;
    trustProxy: false | number | string[];
    limits: LimitSettings;
    reserveAtMostMs: number;
    feedRowsKeptMs: number;
    simulationOrdersKeptMs: number;
  };
  sandbox: {
    port: number;
    host: string;
    url: string;
    carrierMode: 'auto' | 'manual';
    carrierSpeedMs: number;
  };
  companyPrefix: string;
  bankAccount: { holder: string; iban: string };
  logLevel: string;
  cachedWorkflows: number;
}

/**
 * The only reader of the environment. Throws one error that names every variable that is missing or wrong.
 * Temporal's own variables (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_…) are read by
 * Temporal's own rules.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = schema.safeParse(env);
  if (!read.success) {
    const problems = read.error.issues.map(({ path: [name], message }) => {
      const isSet = env[String(name)] !== undefined;
      return `  ${String(name)}: ${isSet ? message : 'must be set'}`;
    });
    throw new Error(
      `The environment is not complete (docs/operations.md has all variables):\n${problems.join('\n')}`,
    );
  }
  const vars = read.data;
  return {
    environment: vars.ORDITO_ENV,
    home: vars.ORDITO_HOME,
    secret: vars.ORDITO_SECRET,
    databaseUrl: vars.DATABASE_URL,
    databasePool: vars.DATABASE_POOL,
    temporal: loadClientConnectConfig({
      disableFile: true,
      overrideEnvVars: { ...definedIn(env), TEMPORAL_ADDRESS: vars.TEMPORAL_ADDRESS },
    }),
    temporalUiUrl: vars.TEMPORAL_UI_URL,
    smtpUrl: vars.SMTP_URL,
    mailFrom: vars.MAIL_FROM,
    mailUrl: vars.MAIL_URL,
    timeZone: vars.SHOP_TIME_ZONE,
    officeMail: vars.OFFICE_MAIL || null,
    api: {
      port: vars.API_PORT,
      host: vars.API_HOST,
      publicUrl: vars.PUBLIC_URL.replace(/\/$/, ''),
      trustProxy: vars.TRUST_PROXY,
      limits: {
        requestsPerMinute: vars.REQUESTS_PER_MINUTE,
        wrongKeysPerMinute: vars.WRONG_KEYS_PER_MINUTE,
      },
      reserveAtMostMs: vars.RESERVATION_MAX,
      feedRowsKeptMs: vars.FEED_ROWS_KEPT,
      simulationOrdersKeptMs: vars.SIMULATION_ORDERS_KEPT,
    },
    sandbox: {
      port: vars.SANDBOX_PORT,
      host: vars.SANDBOX_HOST,
      url: vars.SANDBOX_URL,
      carrierMode: vars.CARRIER_MODE,
      carrierSpeedMs: vars.CARRIER_SPEED_MS,
    },
    companyPrefix: vars.COMPANY_PREFIX,
    bankAccount: { holder: vars.BANK_HOLDER, iban: vars.BANK_IBAN },
    logLevel: vars.LOG_LEVEL,
    cachedWorkflows: vars.WORKER_CACHED_WORKFLOWS,
  };
}

/** What a program begins with: what is missing is told in a few lines, and the program ends. */
export function configOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));
