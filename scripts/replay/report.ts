import type { OrderView } from '../../store/read/order-view';
import { textTable } from '../text-table';
import type { DataSet, PlayableOrder } from './data-set';
import { compare, expect, finalState, valueOf, type Difference } from './expectation';
import { decimalOf } from './minor-units';

/** Minor units of one means of payment, in the file's own word for it. */
interface MoneySum {
  payments: number;
  /** What the file's rows of the played orders say. */
  file: number;
  expectedCaptured: number;
  captured: number;
  expectedRefunded: number;
  refunded: number;
}

export interface Report {
  dataSet: string;
  currency: string;
  seconds: number;
  ordersPerSecond: number;
  orders: number;
  played: number;
  states: Record<string, number>;
  money: Record<string, MoneySum>;
  /** Goods and freight of the played orders: what the file comes to, and what the system says. */
  sums: { what: string; expected: number; got: number }[];
  unplayable: DataSet['unplayable'];
  /** Payments of rows that could not be played, minor units by kind. */
  unplayedMoney: Record<string, number>;
  remarks: DataSet['remarks'];
  differences: Difference[];
}

/** Collects what became of each order, and compares it with the files. */
export function createReport(data: DataSet) {
  const states: Record<string, number> = {};
  const money: Record<string, MoneySum> = {};
  const differences: Difference[] = [];
  const goods = { what: 'goods', expected: 0, got: 0 };
  const adjustments = { what: 'fees and discounts, named below', expected: 0, got: 0 };
  const freight = { what: 'freight', expected: 0, got: 0 };
  let played = 0;

  return {
    add(order: PlayableOrder, view: OrderView): void {
      played += 1;
      const state = finalState(view);
      states[state] = (states[state] ?? 0) + 1;
      differences.push(...compare(order, view));
      const expected = expect(order);
      const value = valueOf(order, view);
      goods.expected += expected.goods;
      goods.got += value.goods;
      adjustments.expected += expected.adjustment;
      adjustments.got += value.adjustment;
      freight.expected += order.file.freight;
      freight.got += view.shipping.price.amount;
      expected.payments.forEach(({ kind, amount, captured, refunded }, index) => {
        const sum = (money[kind] ??= noMoney());
        sum.payments += 1;
        sum.file += amount;
        sum.expectedCaptured += captured;
        sum.expectedRefunded += refunded;
        sum.captured += view.payments[index]?.captured.amount ?? 0;
        sum.refunded += view.payments[index]?.refunded.amount ?? 0;
      });
    },
    addFailure(order: PlayableOrder, error: unknown): void {
      const got = error instanceof Error ? error.message : String(error);
      differences.push({
        reference: order.input.externalReference,
        what: 'could not be played',
        expected: order.goal,
        got,
      });
    },
    finish(seconds: number): Report {
      const known = played === data.orders.length ? data.knownGoods : [];
      const sums = [
        goods,
        freight,
        ...(adjustments.expected === 0 && adjustments.got === 0 ? [] : [adjustments]),
        ...known.map(({ what, amount }) => ({ what, expected: amount, got: goods.got })),
      ];
      return {
        dataSet: data.name,
        currency: data.currency,
        seconds,
        ordersPerSecond: seconds > 0 ? Math.round((played / seconds) * 10) / 10 : 0,
        orders: data.orders.length,
        played,
        states,
        money,
        sums,
        unplayable: data.unplayable,
        unplayedMoney: sumByKind(data.unplayedPayments),
        remarks: data.remarks,
        differences: [...differences, ...differencesOfSums(sums, money)],
      };
    },
  };
}

const noMoney = (): MoneySum => ({
  payments: 0,
  file: 0,
  expectedCaptured: 0,
  captured: 0,
  expectedRefunded: 0,
  refunded: 0,
});

function sumByKind(payments: DataSet['unplayedPayments']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { kind, amount } of payments) sums[kind] = (sums[kind] ?? 0) + amount;
  return sums;
}

function differencesOfSums(sums: Report['sums'], money: Report['money']): Difference[] {
  const all = [
    ...sums,
    ...Object.entries(money).flatMap(([kind, sum]) => [
      { what: `${kind} captured`, expected: sum.expectedCaptured, got: sum.captured },
      { what: `${kind} refunded`, expected: sum.expectedRefunded, got: sum.refunded },
    ]),
  ];
  return all
    .filter(({ expected, got }) => expected !== got)
    .map(({ what, expected, got }) => ({ reference: 'all orders', what, expected, got }));
}

const longestList = 40;

/** The report as people read it. */
export function reportText(report: Report): string {
  return [
    headline(report),
    textTable(['Final state', 'Orders'], countsOf(report.states), [1]),
    moneyTable(report),
    textTable(
      ['Sum', 'Files', 'System'],
      report.sums.map(({ what, expected, got }) => [what, decimalOf(expected), decimalOf(got)]),
      [1, 2],
    ),
    unplayableText(report),
    remarksText(report),
    differencesText(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const headline = ({ dataSet, played, orders, seconds, ordersPerSecond, currency }: Report): string =>
  `${dataSet}: ${played} of ${orders} orders played in ${seconds.toFixed(1)} s (${ordersPerSecond} orders/s), amounts in ${currency}`;

const countsOf = (counts: Record<string, number>): string[][] =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, number]) => [name, number.toLocaleString('en-US')]);

function moneyTable({ money }: Report): string {
  const header = ['Payment', 'Count', 'Files', 'Captured', 'expected', 'Refunded', 'expected'];
  const rows = Object.entries(money).map(([kind, sum]) => [
    kind,
    sum.payments.toLocaleString('en-US'),
    decimalOf(sum.file),
    decimalOf(sum.captured),
    decimalOf(sum.expectedCaptured),
    decimalOf(sum.refunded),
    decimalOf(sum.expectedRefunded),
  ]);
  return textTable(header, rows, [1, 2, 3, 4, 5, 6]);
}

function unplayableText({ unplayable, unplayedMoney }: Report): string {
  if (unplayable.length === 0) return 'Every row could be played.';
  const reasons = new Map<string, string[]>();
  for (const { reference, rowStatus, reason } of unplayable) {
    const name = `${reason} (${rowStatus})`;
    reasons.set(name, [...(reasons.get(name) ?? []), reference]);
  }
  const lines = [...reasons].map(
    ([reason, references]) =>
      `  ${reason}: ${references.length}, such as ${references.slice(0, 3).join(', ')}`,
  );
  const money = Object.entries(unplayedMoney).map(([kind, amount]) => `${kind} ${decimalOf(amount)}`);
  return [
    `${unplayable.length} rows could not be played (each is listed in --report):`,
    ...lines,
    ...(money.length > 0 ? [`  their payments in the file: ${money.join(', ')}`] : []),
  ].join('\n');
}

function remarksText({ remarks }: Report): string {
  if (remarks.length === 0) return '';
  return listed(
    `${remarks.length} remarks on rows whose columns do not add up by themselves:`,
    remarks.map(({ reference, what }) => `  ${reference}: ${what}`),
  );
}

function differencesText({ differences, played, orders }: Report): string {
  if (differences.length > 0)
    return listed(
      `${differences.length} DIFFERENCES to the files:`,
      differences.map(
        ({ reference, what, expected, got }) => `  ${reference}: ${what}: expected ${expected}, got ${got}`,
      ),
    );
  if (played < orders) return `No differences so far; ${orders - played} orders are still to be played.`;
  return 'No differences: every order and every cent is as the files say.';
}

function listed(title: string, lines: string[]): string {
  const more = lines.length - longestList;
  const shown = more > 0 ? [...lines.slice(0, longestList), `  … and ${more} more, see --report`] : lines;
  return [title, ...shown].join('\n');
}
