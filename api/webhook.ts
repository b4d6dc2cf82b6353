import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { verifyWebhook } from '../domain/webhook-signature';
import type { Principal } from './authenticate';
import type { Signer } from './operation';
import { unauthenticated, type Problem } from './problem';

export const isSigned = (headers: IncomingHttpHeaders): boolean => headers['webhook-signature'] !== undefined;

const longestId = 200;

/** Whoever is not there is answered, after the same work, as one whose signature is wrong. */
const secretOfNobody = randomBytes(32).toString('base64');

const doesNotFit = (): Problem =>
  unauthenticated('The signature does not fit this message: wrong secret, or the message was changed');

/**
 * Who signed this message; throws with the reason why it is not believed. Strangers do not learn who sends us webhooks:
 * an unknown name and a wrong signature are the same to them.
 */
export function principalOfSignature(
  signer: Signer | undefined,
  headers: IncomingHttpHeaders,
  body: string,
  now: Date,
): Principal {
  const verdict = verifyWebhook(signer?.secret ?? secretOfNobody, headers, body, now);
  switch (verdict.outcome) {
    case 'valid':
      if (!signer) throw doesNotFit();
      if (verdict.id.length > longestId) throw unauthenticated('webhook-id is longer than 200 characters');
      return { id: `signed:${signer.name}`, role: signer.role, name: signer.name, boundTo: signer.name };
    case 'unsigned':
      throw unauthenticated(
        'Sign the message: webhook-id, webhook-timestamp and webhook-signature are needed',
      );
    case 'invalid':
      throw doesNotFit();
    case 'tooOld':
      throw unauthenticated('The message is older than 5 minutes: sign it anew with the same webhook-id');
    case 'fromTheFuture':
      throw unauthenticated('The message was signed in the future: the clock of the sender is wrong');
  }
}
