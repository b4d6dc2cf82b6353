import { createHash } from 'node:crypto';
import type { Answer } from '../operation';
import type { ApiStore } from '../dependencies';
import { Problem } from '../problem';
import { pollUntil } from '../services/poll';

export type Claims = Pick<ApiStore, 'claimRequest' | 'keepClaim' | 'releaseClaim' | 'storeAnswer'>;

interface Request {
  principal: string;
  key: string;
  /** What is asked of what: operation and path. */
  operation: string;
  body: unknown;
}

/** As long as anything here may take. */
const othersMayTakeMs = 40_000;
const heartbeatMs = 1_000;

/**
 * Executes a request once for all who send it with the same key; the others, now or later, get the same
 * answer. What was refused had no effect and frees its key. Whoever died in the middle is followed by the
 * next who asks: the effects beneath have keys of their own.
 */
export async function executeOnce(
  store: Claims,
  request: Request,
  execute: () => Promise<Answer>,
): Promise<{ answer: Answer; isReplay: boolean }> {
  const { principal, key, operation } = request;
  const bodyHash = createHash('sha256').update(JSON.stringify(request.body)).digest('hex');
  const claim = await pollUntil(
    () => store.claimRequest({ principal, key, operation, bodyHash }),
    (result) => result.outcome !== 'underWay',
    othersMayTakeMs,
  );
  switch (claim.outcome) {
    case 'answered':
      return { answer: claim.answer, isReplay: true };
    case 'otherRequest':
      throw keyUsed();
    case 'underWay':
      throw stillUnderWay();
    case 'claimed':
      return { answer: await executeClaimed(store, { principal, key }, execute), isReplay: false };
  }
}

async function executeClaimed(
  store: Claims,
  claim: { principal: string; key: string },
  execute: () => Promise<Answer>,
): Promise<Answer> {
  // A beat that is lost makes the request be executed twice at worst, which its effects withstand.
  const heart = setInterval(() => void store.keepClaim(claim).catch(() => undefined), heartbeatMs);
  try {
    const { status, body, headers = {} } = await execute();
    return await store.storeAnswer({ ...claim, answer: { status, headers, body: JSON.stringify(body) } });
  } catch (error) {
    await store.releaseClaim(claim);
    throw error;
  } finally {
    clearInterval(heart);
  }
}

const keyUsed = () =>
  new Problem({
    status: 422,
    kind: 'idempotency-key-used',
    title: 'This Idempotency-Key was used for another request',
    detail: 'The same key stands for the same request: take a fresh key for another one',
    errors: [{ pointer: '/Idempotency-Key', detail: 'Used with another body or operation', in: 'header' }],
  });

const stillUnderWay = () =>
  new Problem({
    status: 409,
    kind: 'under-way',
    title: 'The same request is still being executed',
    detail: 'Ask again with the same key in a moment',
    headers: { 'Retry-After': '5' },
  });
