import Handlebars from 'handlebars';
import type { FieldProblem } from '../domain/commands';
import { formatDay, formatLocaleOf, type Language } from '../domain/language';
import { formatMoney, type Money } from '../domain/money';
import { tenderName } from '../domain/payment/tender-names';
import { shippingMethodName } from '../domain/shipping/method-names';
import { nameOfActor } from './words/actors';
import { spanInWords } from './words/span';
import { relativeTime, utcTime } from './words/time';
import { nameOfState, toneOf } from './words/tones';

/** What every template may use beside its data, as `@now`, `@language` … */
export interface Frame {
  now: Date;
  language: Language;
  words: Record<string, string>;
  /** What was wrong with a form that is shown once more. */
  problems: readonly FieldProblem[];
}

const frameOf = (options: Handlebars.HelperOptions): Frame => options.data as Frame;
const escape = (text: string): string => Handlebars.escapeExpression(text);
const html = (text: string): Handlebars.SafeString => new Handlebars.SafeString(text);

const idOf = (pointer: string): string => `wrong${escape(pointer.replace(/[^\w-]/g, '-'))}`;

function problemAt(pointer: string, options: Handlebars.HelperOptions): FieldProblem | undefined {
  const { of = true } = options.hash as { of?: unknown };
  const isAt = (problem: FieldProblem): boolean =>
    pointer.endsWith('*') ? problem.pointer.startsWith(pointer.slice(0, -1)) : problem.pointer === pointer;
  return of ? frameOf(options).problems.find(isAt) : undefined;
}

/** The functions that the pages' templates may call. What they put into HTML is escaped here. */
export const formattingFunctions: Record<string, Handlebars.HelperDelegate> = {
  money: (value: Money, options) => formatMoney(value, formatLocaleOf(frameOf(options).language)),
  /** A change: with its sign. */
  signed: ({ amount, currency }: Money, options) => {
    const text = formatMoney(
      { amount: Math.abs(amount), currency },
      formatLocaleOf(frameOf(options).language),
    );
    return `${amount < 0 ? '−' : '+'}${text}`;
  },
  /** Many things, so that their number can be read. */
  many_: (value: number) => value.toLocaleString('en-GB'),
  isMoney: (value: Money | null | undefined) => value != null && value.amount !== 0,
  day: (at: string, options) => formatDay(at, frameOf(options).language, 'UTC'),
  method_: (name: string, options) => tenderName(name, frameOf(options).language),
  shippingMethod_: (name: string, options) => shippingMethodName(name, frameOf(options).language),
  span_: (promise: { earliest: string | null; latest: string | null }) => spanInWords(promise),
  // Names with a line below stand beside data fields of the same name.
  who_: (actor: string) => nameOfActor(actor),
  state_: (state: string) => nameOfState(state),
  tone_: (state: string) => toneOf(state),
  badge: (state: string) => html(`<span class="badge ${toneOf(state)}">${escape(nameOfState(state))}</span>`),

  /** "2 hours ago", with the whole instant to be read on demand. */
  ago: (at: string, options) =>
    html(
      `<time datetime="${escape(at)}" data-relative title="${escape(utcTime(at))}">${escape(
        relativeTime(at, frameOf(options).now, frameOf(options).language),
      )}</time>`,
    ),
  /** The instant itself. */
  at: (at: string) => html(`<time datetime="${escape(at)}" data-local>${escape(utcTime(at))}</time>`),

  // Beside a field of a form: the pointer names its place in what the form sends. `of` leaves the other forms of a
  // page alone, whose fields have the same names; a `*` at the end stands for whatever follows.
  /** What is wrong with it. It describes the field, and is no part of the name that its label gives it. */
  wrong: (pointer: string, options) => {
    const found = problemAt(pointer, options);
    return found
      ? html(`<span class="wrong" id="${idOf(pointer)}" aria-hidden="true">${escape(found.detail)}</span>`)
      : '';
  },
  /** Attributes of the field itself; `also` is the id of what describes it in any case. */
  invalid: (pointer: string, options) => {
    const isWrong = problemAt(pointer, options) !== undefined;
    const { also } = options.hash as { also?: string };
    const ids = [...(isWrong ? [idOf(pointer)] : []), ...(also ? [escape(also)] : [])];
    const described = ids.length > 0 ? ` aria-describedby="${ids.join(' ')}"` : '';
    return html(`${isWrong ? ' aria-invalid="true"' : ''}${described}`);
  },

  kilograms: (grams: number) => `${(grams / 1000).toLocaleString('en-GB', { maximumFractionDigits: 3 })} kg`,
  percent: (bps: number) => `${bps / 100} %`,
  plural: (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`,
  word: (name: string, options) => {
    const { words } = frameOf(options);
    if (!Object.hasOwn(words, name)) throw new Error(`No word "${name}" for this page`);
    return words[name]!;
  },
  list: (...values: unknown[]) => values.slice(0, -1),
  join: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  /** "P3D" → "3 days". */
  days: (duration: string) => {
    const count = Number(/\d+/.exec(duration)?.[0]);
    return `${count} ${count === 1 ? 'day' : 'days'}`;
  },
  isNumber: (value: unknown) => typeof value === 'number',
  hasSeveral: (value: unknown) => Array.isArray(value) && value.length > 1,
  is: (value: unknown, other: unknown) => value === other,
  not: (value: unknown) => !value,
  any: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
  encode: (text: string) => encodeURIComponent(text),
};
