import type { Language } from '../../../domain/language';

/** What a customer may give as the reason of a return. */
export const returnReasons: Record<Language, string[]> = {
  en: ['It does not fit', 'I do not like it', 'It is damaged', 'It is not what I ordered', 'Another reason'],
  it: [
    'Non va bene la taglia',
    'Non mi piace',
    'È danneggiato',
    'Non è quello che ho ordinato',
    'Un altro motivo',
  ],
};
