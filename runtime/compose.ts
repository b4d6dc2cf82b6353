import { createHmac } from 'node:crypto';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import { createActivities, type Activities } from '../activities';
import { createSandboxCarrier } from '../adapters/carrier/sandbox';
import { createAccountPayments } from '../adapters/payment/account';
import { createCreditPayments } from '../adapters/payment/credit';
import { createOfflinePayments } from '../adapters/payment/offline';
import { createSandboxPayments } from '../adapters/payment/sandbox';
import { createPickupCode } from '../api/services/pickup-code';
import { createStore, type Store } from '../store';
import { connect, type Database } from '../store/connect';
import type { Config } from './config';
import { createLinks, type SignedLinks } from './links';

export const templatesDir = path.resolve(__dirname, '..', 'templates');

/** What every process shares: the database, its operations, links and a log. */
export interface Base {
  config: Config;
  log: Logger;
  db: Database;
  store: Store;
  links: SignedLinks;
  close(): Promise<void>;
}

export const createLog = (config: Config, name: string): Logger =>
  pino({ name, level: config.logLevel, serializers: { error: pino.stdSerializers.err } });

export function composeBase(config: Config, name: string): Base {
  const log = createLog(config, name);
  const db = connect(config.databaseUrl, config.databasePool);
  return {
    config,
    log,
    db,
    store: createStore(db),
    links: createLinks(config.api.publicUrl, config.secret),
    close: () => db.destroy(),
  };
}

/** The order's activities with the providers and carriers of this installation. */
export function composeActivities({ config, store, links }: Base): {
  activities: Activities;
  close(): Promise<void>;
} {
  const cards = createSandboxPayments({ baseUrl: config.sandbox.url });
  const carrier = createSandboxCarrier({ baseUrl: config.sandbox.url });
  const { handOver, ...withoutHandOver } = carrier;
  const activities = createActivities({
    store,
    links,
    payments: [cards, createOfflinePayments(), createCreditPayments(store), createAccountPayments(store)],
    office: { mail: config.officeMail, url: `${config.api.publicUrl}/purchase-requests` },
    // A carrier that plays by itself must be told when a parcel leaves; real ones see it at their first scan.
    carriers: [config.sandbox.carrierMode === 'auto' ? { ...withoutHandOver, handOver } : withoutHandOver],
    companyPrefix: config.companyPrefix,
    bankAccount: config.bankAccount,
    pickupCode: createPickupCode,
    secretCode: (subject) => secretCode(config.secret, subject),
  });
  return {
    activities,
    close: async () => {
      await Promise.all([cards.close(), carrier.close()]);
    },
  };
}

/** 16 letters and digits that cannot be guessed and are the same whenever they are asked for. */
function secretCode(secret: string, subject: string): string {
  const digest = createHmac('sha256', secret).update(`code:${subject}`).digest('hex').toUpperCase();
  return digest.slice(0, 16).replace(/(.{4})(?=.)/g, '$1-');
}
