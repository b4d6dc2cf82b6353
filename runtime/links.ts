import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Links } from '../ports/links';

/** Of a customer's order, a document, a supplier's work, a stock alert. */
type SignedPage = 'o' | 'd' | 's' | 'a';

/** Signed links: who holds one may see what it names, and nobody can make one up. */
export interface SignedLinks extends Links {
  /** The id behind a token of `page`, or null when the signature is not ours. */
  verify(page: SignedPage, token: string): string | null;
}

export function createLinks(publicUrl: string, secret: string): SignedLinks {
  const sign = (page: string, id: string): string =>
    createHmac('sha256', secret).update(`link:${page}:${id}`).digest('base64url').slice(0, 22);
  const link = (page: SignedPage, id: string): string => `${publicUrl}/${page}/${id}.${sign(page, id)}`;
  return {
    orderPage: (orderId) => link('o', orderId),
    supplierWork: (fulfillmentId) => link('s', fulfillmentId),
    stockAlert: (id) => link('a', id),
    document: (documentId) => link('d', documentId),
    carrierEvents: (carrier) => `${publicUrl}/v1/carriers/${carrier}/events`,
    paymentWebhook: (provider) => `${publicUrl}/v1/webhooks/payments/${provider}`,
    verify(page, token) {
      const [id = '', signature = ''] = token.split('.');
      const expected = Buffer.from(sign(page, id));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
    },
  };
}
