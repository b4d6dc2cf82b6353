import type { Language } from '../../../domain/language';
import { english } from './english';
import { italian } from './italian';

/** Everything that the customer's page says, by language. */
export const customerWords: Record<Language, Record<string, string>> = { en: english, it: italian };
