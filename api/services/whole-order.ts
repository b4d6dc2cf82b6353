import { internalChannelType } from '../../domain/catalogue/channel';
import { zero } from '../../domain/money';
import type { AccountTerms } from '../../store/account/read-account-terms';
import type { IntakeFacts } from '../../store/read/read-intake';
import type { OrderBody } from '../contract/orders';
import type { FieldError } from '../problem';

type Line = OrderBody['lines'][number];

/** A body with nothing left out that prices need. */
export type WholeBody = Omit<OrderBody, 'lines'> &
  Required<Pick<OrderBody, 'shipping' | 'total'>> & { lines: (Line & Required<Pick<Line, 'unitPrice'>>)[] };

/** Goods that go to a place of ours, and stay ours. */
export const isInternal = ({ delivery }: Pick<OrderBody, 'delivery'>): boolean =>
  delivery?.toLocationId !== undefined;

/** What was left out and may not be: who orders for a place of ours leaves out people and money, a till who and how. */
export function missingParts(body: OrderBody, terms: AccountTerms | null): FieldError[] {
  const problems: FieldError[] = [];
  const isCarriedOut = body.delivery?.mode === 'carryOut';
  if (!isCarriedOut && !isInternal(body) && body.customer === undefined)
    problems.push({
      pointer: '/customer',
      detail: 'Must be given, unless the goods were carried out of a store',
    });
  if (!isCarriedOut && !isInternal(body) && body.shipping === undefined)
    problems.push({
      pointer: '/shipping',
      detail: 'Must be given, unless the goods were carried out of a store',
    });
  const isPriced = !isInternal(body) || body.lines.some(({ unitPrice }) => unitPrice !== undefined);
  if (isPriced && body.total === undefined) problems.push({ pointer: '/total', detail: 'Must be given' });
  body.lines.forEach(({ unitPrice }, index) => {
    if (unitPrice === undefined && !isPricedElsewhere(body, terms))
      problems.push({ pointer: `/lines/${index}/unitPrice`, detail: 'Must be given' });
  });
  return problems;
}

/** A price that the list of an account does not have is told of the SKU; those of an unknown account, of the account. */
const isPricedElsewhere = (body: OrderBody, terms: AccountTerms | null): boolean =>
  isInternal(body) || (terms === null ? body.customer?.account !== undefined : terms.priceList !== null);

/** Fills what may be left out: without a price no money moves. */
export function wholeBody(body: OrderBody): WholeBody {
  const none = zero(body.currency);
  return {
    ...body,
    lines: body.lines.map((line) => ({ ...line, unitPrice: line.unitPrice ?? none })),
    shipping: body.shipping ?? { method: isInternal(body) ? 'internal' : 'none', price: none },
    total: body.total ?? none,
  };
}

/** Channels of one type alone order for places of ours, and for nobody else. */
export function internalProblems(body: WholeBody, facts: IntakeFacts): FieldError[] {
  const toLocationId = body.delivery?.toLocationId;
  const { channelType } = facts;
  if (toLocationId === undefined)
    return channelType === internalChannelType
      ? [{ pointer: '/delivery/toLocationId', detail: 'Must name the place of ours that the goods go to' }]
      : [];
  const problems: FieldError[] = [];
  if (channelType !== null && channelType !== internalChannelType)
    problems.push({
      pointer: '/delivery/toLocationId',
      detail: `"${body.channel}" sells to customers: only a channel of type "${internalChannelType}" orders for a place of ours`,
    });
  if (!facts.locations.some(({ id }) => id === toLocationId))
    problems.push({ pointer: '/delivery/toLocationId', detail: `No location has the id "${toLocationId}"` });
  for (const field of ['customer', 'shippingAddress'] as const)
    if (body[field] !== undefined)
      problems.push({ pointer: `/${field}`, detail: 'The goods go to a place of ours: leave it out' });
  if (body.destinations !== undefined)
    problems.push({ pointer: '/destinations', detail: 'The goods go to one place of ours: leave it out' });
  if (body.tenders.length > 0)
    problems.push({ pointer: '/tenders', detail: 'Nobody pays for goods that stay ours: leave it out' });
  return problems;
}
