import type { Language } from '../../domain/language';
import type { StockAlertState } from '../../domain/stock/stock-alert';

interface Words {
  title: string;
  lead: Record<StockAlertState, string>;
  confirm: string;
  cancel: string;
  forgotten: string;
  formOld: string;
  problemTitle: string;
}

/** What the page of a stock alert says, by language; `lead` by where the alert stands. */
export const alertWords: Record<Language, Words> = {
  en: {
    title: 'Tell me when it is back',
    lead: {
      unconfirmed: 'Shall we write to you once, as soon as it can be had again?',
      waiting: 'You will get one mail as soon as it can be had again.',
      told: 'It was back, and we wrote to you.',
      cancelled: 'We will not write to you about it.',
      expired: 'This has taken too long: we will not write to you about it any more.',
    },
    confirm: 'Yes, tell me',
    cancel: 'No, do not tell me',
    forgotten: 'Your mail address is not kept for this any more.',
    formOld: 'This form was out of date. Please try again.',
    problemTitle: 'This did not work',
  },
  it: {
    title: 'Avvisami quando torna',
    lead: {
      unconfirmed: 'Vuoi che ti scriviamo una volta, appena si può avere di nuovo?',
      waiting: 'Riceverai una sola mail, appena si può avere di nuovo.',
      told: 'È tornato, e ti abbiamo scritto.',
      cancelled: 'Non ti scriveremo più per questo articolo.',
      expired: 'È passato troppo tempo: non ti scriveremo più per questo articolo.',
    },
    confirm: 'Sì, avvisami',
    cancel: 'No, non avvisarmi',
    forgotten: 'Il tuo indirizzo non è più conservato per questo.',
    formOld: 'Questo modulo non era più aggiornato. Riprova.',
    problemTitle: 'Non ha funzionato',
  },
};
