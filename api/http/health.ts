import type { RequestHandler } from 'express';
import type { ApiDependencies } from '../dependencies';

/** The process lives. */
export const answerHealth: RequestHandler = (_req, res) => {
  res.json({ status: 'ok' });
};

/** It can work: database and workflow engine answer. */
export const createReadiness = ({ store, orders, log }: ApiDependencies): RequestHandler =>
  async function answerReadiness(_req, res) {
    const [database, temporal] = await Promise.allSettled([store.checkDatabase(), orders.check()]);
    const checks = { database: wordOf(database), temporal: wordOf(temporal) };
    const isReady = checks.database === 'ok' && checks.temporal === 'ok';
    if (!isReady) log.warn({ checks }, 'not ready');
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable', checks });
  };

const wordOf = (result: PromiseSettledResult<unknown>) =>
  result.status === 'fulfilled' ? 'ok' : 'unreachable';
