import type { Language } from '../language';

const names: Record<Language, Record<string, string>> = {
  it: {
    standard: 'Spedizione standard',
    express: 'Spedizione espressa',
    economy: 'Spedizione economica',
    sameDay: 'Consegna in giornata',
    pickup: 'Ritiro in negozio',
  },
  en: {
    standard: 'Standard delivery',
    express: 'Express delivery',
    economy: 'Economy delivery',
    sameDay: 'Same-day delivery',
    pickup: 'Store pickup',
  },
};

/** What the customer calls a shipping method; one that only the channel knows keeps the channel's name. */
export function shippingMethodName(method: string, language: Language): string {
  return Object.hasOwn(names[language], method) ? names[language][method]! : method;
}
