import type { Language } from '../../domain/language';

/** The languages that are written in, as staff call them. */
export const languageNames: Record<Language, string> = { it: 'Italian', en: 'English' };
