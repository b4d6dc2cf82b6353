import type { Language } from '../language';
import type { TenderMethod } from '../order/types';

const names: Record<Language, Record<TenderMethod, string>> = {
  it: {
    card: 'Carta di credito o debito',
    paypal: 'PayPal',
    instalments: 'Pagamento a rate',
    bankTransfer: 'Bonifico bancario',
    cashOnDelivery: 'Contrassegno',
    till: 'Pagato in cassa',
    onAccount: 'In conto',
    giftCard: 'Carta regalo',
    storeCredit: 'Credito negozio',
  },
  en: {
    card: 'Credit or debit card',
    paypal: 'PayPal',
    instalments: 'Instalments',
    bankTransfer: 'Bank transfer',
    cashOnDelivery: 'Cash on delivery',
    till: 'Paid at the till',
    onAccount: 'On account',
    giftCard: 'Gift card',
    storeCredit: 'Store credit',
  },
};

/** What a means of payment is called in mails and documents; an unknown one keeps the name it came with. */
export function tenderName(method: string, language: Language): string {
  const known: Record<string, string> = names[language];
  return Object.hasOwn(known, method) ? known[method]! : method;
}
