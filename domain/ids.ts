import { createHash } from 'node:crypto';

/**
 * The id of an order is a function of who sent it and how they call it, so that the same order handed in
 * twice gets the same id without asking anybody. 130 bits of SHA-256, Crockford base 32.
 */
export function orderIdOf(channel: string, externalReference: string): string {
  const digest = createHash('sha256').update(`${channel}\u0000${externalReference}`).digest();
  return `ord_${base32(digest).slice(0, 26)}`;
}

/** The id of a purchase order is a function of the intent to place it: asked twice, it is placed once. */
export function purchaseOrderIdOf(key: string): string {
  const digest = createHash('sha256').update(`purchaseOrder\u0000${key}`).digest();
  return `pur_${base32(digest).slice(0, 26)}`;
}

/** Temporal workflow id of an order: a channel that delivers the same order twice meets the same workflow. */
export const orderWorkflowId = (channel: string, externalReference: string): string =>
  `order:${channel}:${externalReference}`;

/** Ids of the parts of an order are numbered within it, so that a repeated step names the same part. */
export const lineIdOf = (orderId: string, position: number): string => partId('lin', orderId, `${position}`);
export const paymentIdOf = (orderId: string, position: number): string =>
  partId('pay', orderId, `${position}`);
/** Of the payment that an edit of the order asks for. */
export const editPaymentIdOf = (orderId: string, key: string): string =>
  partId('pay', orderId, `e${shortHash(key)}`);
export const fulfillmentIdOf = (orderId: string, round: number, position: number): string =>
  partId('ful', orderId, `${round}_${position}`);
/** The pickup that what was sent to a store becomes, when nothing of it came from the store itself. */
export const gatheredPickupIdOf = (fulfillmentId: string): string => `${fulfillmentId}_store`;
export const purchaseRequestIdOf = (orderId: string, backorderId: number): string =>
  partId('prq', orderId, `${backorderId}`);
/** What is offered for a line of a round of sourcing; who waits and asks, by a request, is made an offer of its own. */
export const offerIdOf = (orderId: string, round: number, position: number, askedKey?: string): string =>
  partId(
    'off',
    orderId,
    [round, position, ...(askedKey === undefined ? [] : [shortHash(askedKey)])].join('_'),
  );
/** What is offered, by a request, for a line of work that comes late. */
export const workOfferIdOf = (
  orderId: string,
  fulfillmentId: string,
  position: number,
  askedKey: string,
): string => partId('off', orderId, `w_${position}_${shortHash(`${fulfillmentId}:${askedKey}`)}`);
export const returnIdOf = (orderId: string, key: string): string => partId('ret', orderId, key);
export const documentIdOf = (orderId: string, key: string): string => partId('doc', orderId, key);

/** A transfer of stock that the caller did not name: the same request meets the same transfer. */
export const stockTransferIdOf = (requestKey: string): string =>
  `tra_${base32(createHash('sha256').update(requestKey).digest()).slice(0, 26)}`;

/** The goods of an internal order on their way: one transfer for the work that sent them. */
export const sentTransferIdOf = (fulfillmentId: string): string => fulfillmentId.replace(/^ful_/, 'tra_');

/** A reservation that the caller did not name: the same request meets the same reservation. */
export const reservationIdOf = (requestKey: string): string =>
  `res_${base32(createHash('sha256').update(`reservation\u0000${requestKey}`).digest()).slice(0, 26)}`;

/** An alert for a shopper: the same request meets the same alert. */
export const stockAlertIdOf = (requestKey: string): string =>
  `ale_${base32(createHash('sha256').update(`stockAlert\u0000${requestKey}`).digest()).slice(0, 26)}`;

/** The same request meets the same simulation. */
export const simulationIdOf = (requestKey: string): string =>
  `sim_${base32(createHash('sha256').update(`simulation\u0000${requestKey}`).digest()).slice(0, 26)}`;

const shortHash = (key: string): string => base32(createHash('sha256').update(key).digest()).slice(0, 12);

function partId(prefix: string, orderId: string, rest: string): string {
  return `${prefix}_${orderId.replace(/^ord_/, '')}_${rest}`;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += alphabet[(value >>> (bits - 5)) & 31];
      bits -= 5;
      value &= (1 << bits) - 1;
    }
  }
  return text;
}
