import type { FieldError, Problem } from '../../api/problem';
import type { Language } from '../../domain/language';
import type { WorkRefusal } from '../../domain/shipping/work-refusals';
import { supplierWords } from './supplier-work';

/** What the work is about. */
interface Goods {
  lines: readonly { lineId: string; title: string }[];
}

interface Told {
  title: string;
  about: Record<string, string | number>;
}
type Sentences<Name extends string> = Record<Name, string | ((told: Told) => string)>;

/** A field is told what it must be; what else there is to say has a code. */
type Field = 'carrier' | 'trackingNumber' | 'trackingUrl' | 'reason' | 'quantity' | 'packages';

const english: Sentences<Field | WorkRefusal> = {
  onHold: 'The order has been put on hold. Your answer was not taken, and none is needed now.',
  notInThisState: 'The work has changed meanwhile. Below you see how it stands.',
  notShown: 'This order is not to be worked on yet. Please wait until it goes on.',
  labelledByUs: 'The order was packed meanwhile, and it has a label of ours: hand it over with that.',
  contentsMissing: 'Must say what is in it where there are several parcels',
  piecesDiffer: ({ title, about }) =>
    `${about.quantity} × ${title} must be in the parcels, they hold ${about.packed}`,
  parcelKnown: ({ about }) => `The parcel ${about.trackingNumber} of ${about.carrier} is known already`,
  linesUnnamed: 'Say in a few words which goods are meant, and what is wrong with them',
  carrier: 'Is missing or too long (50 characters at most)',
  trackingNumber: 'Is missing or too long (100 characters at most)',
  trackingUrl: 'Must begin with https:// or http:// and have 500 characters at most',
  reason: 'Is missing or too long (500 characters at most)',
  quantity: 'Must be a whole number, none above what was ordered',
  packages: 'Fill in at least one parcel',
};

const italian: typeof english = {
  onHold: 'L’ordine è stato sospeso: la vostra risposta non è stata registrata, e per ora non serve.',
  notInThisState: 'Nel frattempo il lavoro è cambiato. Qui sotto vedete come sta.',
  notShown: 'Questo ordine non è ancora da lavorare. Vi preghiamo di aspettare che riprenda.',
  labelledByUs:
    'Nel frattempo l’ordine è stato imballato e ha già una nostra etichetta: consegnatelo con quella.',
  contentsMissing: 'Va detto che cosa contiene, perché i pacchi sono più di uno',
  piecesDiffer: ({ title, about }) =>
    `Nei pacchi devono esserci ${about.quantity} × ${title}, ma ce ne sono ${about.packed}`,
  parcelKnown: ({ about }) => `Il pacco ${about.trackingNumber} di ${about.carrier} è già stato registrato`,
  linesUnnamed: 'Dite in qualche parola quale merce è, e che cosa non va',
  carrier: 'Manca o è troppo lungo (al massimo 50 caratteri)',
  trackingNumber: 'Manca o è troppo lungo (al massimo 100 caratteri)',
  trackingUrl: 'Deve cominciare con https:// o http:// e avere al massimo 500 caratteri',
  reason: 'Manca o è troppo lungo (al massimo 500 caratteri)',
  quantity: 'Deve essere un numero intero, non più di quanto ordinato',
  packages: 'Compilate almeno un pacco',
};

const sentences: Record<Language, Sentences<string>> = { en: english, it: italian };

/** How the page calls the fields that the contract names. */
const labels: Record<string, string> = {
  carrier: 'carrier',
  trackingNumber: 'trackingNumber',
  trackingUrl: 'trackingUrl',
  reason: 'why',
  lineIds: 'why',
};

/** Why a supplier's answer is not taken, in the language of its page. */
export function refusalInWords(problem: Problem, goods: Goods, language: Language): string {
  if (problem.errors.length === 0)
    return sentenceOf(problem.code ?? 'notInThisState', { title: '', about: {} }, language)!;
  return problem.errors.map((error) => errorInWords(error, goods, language)).join('; ');
}

function errorInWords({ pointer, code, about = {} }: FieldError, goods: Goods, language: Language) {
  const words = supplierWords[language];
  const names = pointer.split('/').slice(1);
  const field = names.findLast((name) => !isIndex(name)) ?? '';
  const [list, index] = names;
  const label = labels[field];
  const where = [
    ...(list === 'packages' && isIndex(index) ? [`${words.parcel} ${Number(index) + 1}`] : []),
    ...(label === undefined ? [] : [words[label]]),
  ].join(', ');
  const title = goods.lines.find(({ lineId }) => lineId === about.lineId)?.title ?? '';
  const sentence = sentenceOf(code ?? field, { title, about }, language) ?? words.checkForm;
  return where === '' ? sentence : `${where}: ${sentence}`;
}

function sentenceOf(name: string, told: Told, language: Language): string | undefined {
  const sentence = sentences[language][name];
  return typeof sentence === 'function' ? sentence(told) : sentence;
}

const isIndex = (name: string | undefined): boolean => /^\d+$/.test(name ?? '');
