import type Handlebars from 'handlebars';
import { formatDay, formatLocaleOf, formatMoment, type Language } from '../../../domain/language';
import { formatMoney, type Money } from '../../../domain/money';
import { addressLines } from '../../../domain/order/address-lines';
import type { Address } from '../../../domain/order/types';
import { tenderName } from '../../../domain/payment/tender-names';
import { shippingMethodName } from '../../../domain/shipping/method-names';
import type { SharedWords } from './template-files';

/** What every template may use beside the data of its mail, as `@language`, `@shop` … */
export interface Frame {
  language: Language;
  shop: string;
  /** Words at the head of the mail. */
  logo: string;
  /** "#rrggbb". */
  colour: string;
}

interface Setting {
  shared: Record<Language, SharedWords>;
  timeZone: string;
}

/** The functions that templates may call. Each throws on a value it cannot write: a mail with a hole is a bug. */
export function formattingFunctions({
  shared,
  timeZone,
}: Setting): Record<string, Handlebars.HelperDelegate> {
  return {
    money: (value: Money, options) => formatMoney(value, formatLocaleOf(languageOf(options))),
    date: (at: string, options) => formatDay(at, languageOf(options), timeZone),
    /** To the minute and with its zone: until when something can be done. */
    moment: (at: string, options) => formatMoment(at, languageOf(options), timeZone),
    tenderName: (method: string, options) => tenderName(required(method, 'tenderName'), languageOf(options)),
    shippingMethod: (method: string, options) =>
      shippingMethodName(required(method, 'shippingMethod'), languageOf(options)),
    addressLines: (address: Address, options) => addressLines(address, languageOf(options)),
    reasonText: (reason: string, options) =>
      reasonOf(required(reason, 'reason'), shared[languageOf(options)]),
    word: (name: string, options) => required(shared[languageOf(options)].words[name], name),
    webUrl: (url: string) => {
      if (!isWebUrl(url)) throw new Error(`Not a web address: ${JSON.stringify(url)}`);
      return url;
    },
    isWebUrl,
    isPositive: (value: Money) => value.amount > 0,
    is: (value: unknown, other: unknown) => value === other,
  };
}

/** A link that a mail may carry: not `javascript:` or any other scheme, wherever it came from. */
function isWebUrl(url: unknown): boolean {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** A reason that the order itself gives, in words for the customer; what a person wrote stays as it is. */
function reasonOf(reason: string, { reasons }: SharedWords): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason]! : reason;
}

function required(value: string | undefined, name: string): string {
  if (typeof value !== 'string') throw new Error(`"${name}" is missing in the data or the words of the mail`);
  return value;
}

const languageOf = (options: Handlebars.HelperOptions): Language => (options.data as Frame).language;
