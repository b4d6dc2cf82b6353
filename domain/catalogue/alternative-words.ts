import { formatLocaleOf, type Language } from '../language';
import { formatMoney } from '../money';
import type { AlternativeReason } from './alternatives-for';

const words = {
  en: {
    named: 'We recommend it instead',
    category: (category: string) => `It is of the same kind: ${category}`,
    same: (name: string, value: string) => `The same ${name}: ${value}`,
    other: (name: string, value: string) => `Another ${name}: ${value}`,
    samePrice: 'It costs the same',
    dearer: (money: string) => `It costs ${money} more`,
    cheaper: (money: string) => `It costs ${money} less`,
  },
  it: {
    named: 'Lo consigliamo al suo posto',
    category: (category: string) => `È dello stesso genere: ${category}`,
    same: (name: string, value: string) => `Uguale (${name}): ${value}`,
    other: (name: string, value: string) => `Diverso (${name}): ${value}`,
    samePrice: 'Costa lo stesso',
    dearer: (money: string) => `Costa ${money} in più`,
    cheaper: (money: string) => `Costa ${money} in meno`,
  },
} satisfies Record<Language, object>;

/** A reason for an alternative, in a sentence. */
export function alternativeReasonText(reason: AlternativeReason, language: Language): string {
  const say = words[language];
  switch (reason.kind) {
    case 'named':
      return reason.note ?? say.named;
    case 'sameCategory':
      return say.category(reason.category);
    case 'sameAttribute':
      return say.same(reason.name, reason.value);
    case 'otherAttribute':
      return say.other(reason.name, reason.value);
    case 'price': {
      const { amount, currency } = reason.difference;
      if (amount === 0) return say.samePrice;
      const money = formatMoney({ amount: Math.abs(amount), currency }, formatLocaleOf(language));
      return amount > 0 ? say.dearer(money) : say.cheaper(money);
    }
  }
}
