import { wordsOfChanges } from './changes';
import { formatMoney, type Money } from '../../domain/money';
import { tenderName } from '../../domain/payment/tender-names';
import { nameOfState, type Tone } from './tones';

/** What the words of an event need to know of its order. */
export interface StoryContext {
  currency: string;
  locationName(id: string): string;
  lineTitle(id: string): string;
}

interface StoryEvent {
  id: number;
  type: string;
  at: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface ToldEvent {
  id: number;
  at: string;
  actor: string;
  tone: Tone;
  text: string;
  /** More of it, where there is more to say. */
  detail: string | null;
}

type Told = string | [text: string, detail?: string, tone?: Tone];
type Teller = (data: Data, context: StoryContext) => Told;

/** Event data is kept as it was written at the time: nothing of it is taken for granted. */
interface Data {
  text(name: string): string;
  number(name: string): number;
  place(): string;
  money(name: string): string;
  lines(): string;
  list(name: string): Record<string, unknown>[];
}

const tellers: Record<string, Teller> = {
  orderPlaced: (data) => [`Order placed`, data.money('total')],
  holdPlaced: (data) => [
    'Put on hold',
    [data.text('reason'), data.text('because')].filter(Boolean).join(' · '),
    'warn',
  ],
  holdReleased: (data) => [
    'Hold released',
    data
      .list('holds')
      .map(({ reason }) => String(reason))
      .join(', '),
  ],
  holdOverdue: () => ['Nobody released the hold in time', undefined, 'warn'],
  orderSourced: (data) => ['Locations chosen', data.text('summary')],
  reservationUsed: () => 'The pieces held for the cart became the order’s',
  reservationNotUsed: (data) => ['Went on without the cart’s reservation', data.text('because'), 'warn'],
  orderConfirmed: (data) =>
    data.list('backordered').length > 0
      ? ['Order confirmed', 'Some pieces wait for stock', 'warn']
      : ['Order confirmed', undefined, 'good'],
  alternativeOffered: (data) => [
    'Something else was offered to the customer',
    data
      .list('offers')
      .map(
        ({ sku, quantity, options }) =>
          `${String(quantity)} × ${String(sku)}: ${[options].flat().join(', ')}`,
      )
      .join('; '),
    'warn',
  ],
  alternativeNotFound: () => ['Nothing could be offered instead', undefined, 'warn'],
  alternativeGone: (data) => ['What the customer chose was gone', data.text('gone'), 'warn'],
  alternativeAccepted: (data) => [
    'The customer took something else',
    [
      `${data.number('quantity')} × ${data.text('sku')} → ${data.text('by')}`,
      `the order now comes to ${data.money('total')}`,
      data.text('reason'),
    ]
      .filter(Boolean)
      .join(' · '),
    'good',
  ],
  alternativeRefused: (data) => ['The customer wants nothing else', data.text('reason')],
  alternativeExpired: (data) => ['Nobody answered the offer in time', data.text('sku'), 'warn'],
  workReleased: () => 'Work released to its locations',
  backordered: (data) => ['Waiting for stock', data.lines(), 'warn'],
  backorderUpdated: (data) => ['The customer was told a new date', datesOf(data)],
  promiseChanged: (data) => [
    'The customer was told a later day',
    `${data.text('before')} → ${data.text('latest')}`,
    'warn',
  ],
  backorderAllocated: (data) => [
    `Stock came in for ${data.number('quantity')} × ${data.text('sku')}`,
    `at ${data.place()}`,
    'good',
  ],
  transfersRequested: (data, { locationName }) => [
    `${locationName(data.text('toLocationId'))} collects what others send`,
    data.lines(),
    'busy',
  ],
  needsPerson: (data) => [`Somebody has to decide on ${data.lines()}`, data.text('because'), 'bad'],
  sourcedAgain: (data) => [`Sourced again: ${data.lines()}`, 'By the rules of that moment'],
  purchaseRequested: (data) => [`${data.text('owner')} is asked to buy`, data.lines(), 'warn'],
  purchaseOrdered: (data) => [
    `Ordered from ${data.text('supplierId')}: ${data.number('quantity')} × ${data.text('sku')}`,
    'A draft, to be sent',
    'good',
  ],
  purchaseRefused: (data) => [
    `Will not be bought: ${data.number('quantity')} × ${data.text('sku')}`,
    data.text('reason'),
    'bad',
  ],
  backorderGivenUp: (data) => [
    `Given up: ${data.lines() || data.text('sku')}`,
    whyGivenUp[data.text('because')] ?? 'No stock came in time',
    'bad',
  ],
  carriedOut: (data) => [`Carried out of ${data.place()}`, undefined, 'good'],
  workConfirmed: (data) => `${data.place()} will ship it`,
  supplierReminded: () => 'The supplier was reminded',
  supplierLate: (data) => `${data.place()} confirmed and is late`,
  pickingStarted: (data) => `Picking started at ${data.place()}`,
  packed: (data) => {
    const count = data.list('packages').length;
    return `Packed at ${data.place()} in ${count} ${count === 1 ? 'package' : 'packages'}`;
  },
  shipmentBooked: (data) => [
    `Carrier ${data.text('carrier')} booked, labels made`,
    data.text('trackingNumbers'),
  ],
  bookingRefused: (data) => ['The carrier refused the parcel', data.text('message'), 'bad'],
  shipped: (data) => [`Handed over to the carrier by ${data.place()}`, undefined, 'busy'],
  handOverLate: (data) => [`${data.place()} has not handed the parcel over in time`, undefined, 'warn'],
  deliveryLate: () => ['The parcel is late', undefined, 'warn'],
  readyForPickup: (data) => `Ready to be collected at ${data.place()}`,
  collected: (data) => [`Collected at ${data.place()}`, undefined, 'good'],
  delivered: () => ['Delivered', undefined, 'good'],
  goodsReceived: (data) => [
    `${data.place()} took goods in`,
    arrivalOf(data),
    data.list('lost').length > 0 ? 'warn' : 'good',
  ],
  'parcel.inTransit': (data) => ['Parcel in transit', parcelDetail(data)],
  'parcel.outForDelivery': (data) => ['Parcel out for delivery', parcelDetail(data)],
  'parcel.delivered': (data) => ['Parcel delivered', parcelDetail(data), 'good'],
  'parcel.failed': (data) => ['Delivery attempt failed', parcelDetail(data), 'warn'],
  'parcel.returned': (data) => ['Parcel goes back to the sender', parcelDetail(data), 'bad'],
  'parcel.lost': (data) => ['Parcel lost', parcelDetail(data), 'bad'],
  fulfillmentRejected: (data) => [`${data.place()} cannot do it`, rejectionDetail(data), 'warn'],
  fulfillmentExpired: (data) => ['A location did not act in time', data.text('reason'), 'warn'],
  paymentCaptured: (data) => ['Payment captured', amounts(data), 'good'],
  captureDeclined: (data) => ['The provider declined the capture', data.text('message'), 'bad'],
  transferReceived: (data) => [
    `Bank transfer received: ${data.money('amount')}`,
    data.text('reference'),
    'good',
  ],
  orderEdited: (data) => [
    `Order changed: ${wordsOfChanges(data.list('changes')).join(', ')}`,
    data.text('reason'),
  ],
  editDeclined: (data) => [
    'A change was not made: the provider declined what it costs more',
    data.text('message'),
    'warn',
  ],
  linesCancelled: (data) => [`Cancelled: ${data.lines()}`, data.text('reason'), 'warn'],
  orderCancelled: (data) => ['Order cancelled', data.text('reason'), 'bad'],
  moneyGivenBack: (data) =>
    data.number('refunded') > 0
      ? `Money returned: ${data.money('refunded')}`
      : 'No money was taken, none to return',
  excessGivenBack: (data) => `Returned what was not supplied: ${data.money('refunded')}`,
  returnRequested: (data) => ['Return requested', data.lines()],
  returnLabelSent: (data) => ['Return label sent', data.text('trackingNumber')],
  returnParcelReported: (data) => [
    `Return parcel ${nameOfState(data.text('status'))}`,
    data.text('trackingNumber'),
  ],
  returnReceived: (data) => `Return received at ${data.place()}`,
  returnInspected: (data) => ['Return inspected', data.lines()],
  returnExpired: () => ['Return closed: the goods did not arrive', undefined, 'warn'],
  returnRejected: () => ['Return rejected: nothing is refunded', undefined, 'bad'],
  inspectionLate: () => ['The returned goods still wait to be inspected', undefined, 'warn'],
  refundDeclined: (data) => ['The provider declined the refund', data.text('message'), 'bad'],
  refunded: (data) => [`Refunded ${data.money('amount')}`, amounts(data), 'good'],
  orderCompleted: () => ['Order completed', undefined, 'good'],
};

/** An event in words. One that nobody has words for keeps its name and shows what it carries. */
export function tellEvent(event: StoryEvent, context: StoryContext): ToldEvent {
  const data = dataOf(event.data, context);
  const told = Object.hasOwn(tellers, event.type)
    ? tellers[event.type]!(data, context)
    : ([event.type.replace(/([a-z])([A-Z])/g, '$1 $2'), JSON.stringify(event.data)] as const);
  const [text, detail = null, tone = 'info'] = typeof told === 'string' ? [told] : told;
  return { id: event.id, at: event.at, actor: nameOfActor(event.actor), tone, text, detail: detail || null };
}

/** `channel:web` → "web"; the system and the customer have names of their own. */
export function nameOfActor(actor: string): string {
  if (actor === 'system') return 'Ordito';
  const [role = '', ...name] = actor.split(':');
  const rest = name.join(':');
  if (rest === '' || rest === role) return role;
  return rest === 'customer' ? 'customer' : `${rest} (${role})`;
}

const parcelDetail = (data: Data): string =>
  [data.text('trackingNumber'), data.text('description')].filter(Boolean).join(' · ');

const findings: Record<string, string> = {
  missing: 'counted away there',
  damaged: 'put aside there',
};

const rejectionDetail = (data: Data): string => {
  const finding = findings[data.text('finding')];
  return finding ? `${data.text('reason')} · ${data.text('skus')} ${finding}` : data.text('reason');
};

const datesOf = (data: Data): string =>
  data
    .list('changes')
    .map(({ sku, quantity, expectedAt }) => {
      const date = expectedAt == null ? 'no date' : `by ${String(expectedAt).slice(0, 10)}`;
      return `${String(quantity)} × ${String(sku)} ${date}`;
    })
    .join(', ');

const whyGivenUp: Record<string, string> = {
  rules: 'The sourcing rules let nothing wait',
  refused: 'Purchasing refused to buy it',
};

const amounts = (data: Data): string =>
  data
    .list('parts')
    .map((part) => `${amountOf(part, String(part.currency ?? ''))} ${tenderName(String(part.method), 'en')}`)
    .join(', ');

function amountOf(part: Record<string, unknown>, currency: string): string {
  const { amount } = part;
  return isMoney(amount)
    ? formatMoney(amount, 'en-GB')
    : formatMoney({ amount: Number(amount), currency }, 'en-GB');
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

function dataOf(data: Record<string, unknown>, context: StoryContext): Data {
  const list = (name: string) => (Array.isArray(data[name]) ? (data[name] as Record<string, unknown>[]) : []);
  const text = (name: string) => {
    const value = data[name];
    return Array.isArray(value) ? value.join(', ') : value == null ? '' : String(value);
  };
  return {
    text,
    list,
    number: (name) => Number(data[name] ?? 0),
    place: () => (data.locationId == null ? 'the location' : context.locationName(text('locationId'))),
    money(name) {
      const value = data[name];
      if (isMoney(value)) return formatMoney(value, 'en-GB');
      return typeof value === 'number'
        ? formatMoney({ amount: value, currency: context.currency }, 'en-GB')
        : '';
    },
    lines: () =>
      list('lines')
        .map((line) => {
          const title = line.sku ? String(line.sku) : context.lineTitle(String(line.lineId));
          const more = [line.reason, line.outcome].filter(Boolean).join(', ');
          return `${String(line.quantity)} × ${title}${more ? ` (${more})` : ''}`;
        })
        .join(', '),
  };
}

/** Pieces of an internal order as they arrived: what was damaged, missing or too many is said. */
function arrivalOf(data: Data): string {
  const arrived = data.list('lines').map(({ sku, quantity, damaged, surplus }) => {
    const broken = Number(damaged) > 0 ? `, ${String(damaged)} damaged` : '';
    const extra = Number(surplus) > 0 ? `, ${String(surplus)} too many` : '';
    return `${String(quantity)} × ${String(sku)}${broken}${extra}`;
  });
  const lost = data.list('lost').map(({ sku, quantity }) => `${String(quantity)} × ${String(sku)} lost`);
  return [...arrived, ...lost].join('; ');
}
