import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language } from '../../../domain/language';
import type { MailTemplate } from '../../../domain/mails';

export const mailParts = ['subject', 'html', 'text'] as const;
export type MailPart = (typeof mailParts)[number];

/** One row a mail, so that a template which nobody wrote is noticed when the process starts. */
const everyTemplate: Record<MailTemplate, true> = {
  orderConfirmed: true,
  paymentReceived: true,
  backordered: true,
  backorderUpdated: true,
  promiseChanged: true,
  shipped: true,
  readyForPickup: true,
  delivered: true,
  cancelled: true,
  alternativeOffered: true,
  alternativeAccepted: true,
  linesCancelled: true,
  orderChanged: true,
  changeAwaitsPayment: true,
  changeNotMade: true,
  returnLabel: true,
  refunded: true,
  purchaseOrder: true,
  supplierOrder: true,
  supplierCancelled: true,
  stockAlertAsked: true,
  stockBack: true,
  purchaseRequested: true,
  stockLow: true,
};
export const mailTemplates = Object.keys(everyTemplate) as MailTemplate[];

/** Words that all mails of a language share: `reasons` by what the order gives as its reason. */
export interface SharedWords {
  words: Record<string, string>;
  reasons: Record<string, string>;
}

export interface TemplateFiles {
  sources: Record<MailTemplate, Record<Language, Record<MailPart, string>>>;
  /** By name, without folder and ending. */
  partials: { html: Record<string, string>; text: Record<string, string> };
  shared: Record<Language, SharedWords>;
}

/** Reads a folder of mail templates whole; throws when a mail or a language is missing in it. */
export function readTemplateFiles(templatesDir: string): TemplateFiles {
  const read = (...path: string[]) => readFileSync(join(templatesDir, ...path), 'utf8');
  const perLanguage = <T>(of: (language: Language) => T) =>
    Object.fromEntries(languages.map((language) => [language, of(language)])) as Record<Language, T>;
  const partsOf = (template: MailTemplate, language: Language) =>
    Object.fromEntries(mailParts.map((part) => [part, read(template, language, `${part}.hbs`)])) as Record<
      MailPart,
      string
    >;
  const sources = mailTemplates.map(
    (name) => [name, perLanguage((language) => partsOf(name, language))] as const,
  );
  return {
    sources: Object.fromEntries(sources) as TemplateFiles['sources'],
    partials: { html: readPartials(templatesDir, 'html'), text: readPartials(templatesDir, 'text') },
    shared: perLanguage((language) => JSON.parse(read('words', `${language}.json`)) as SharedWords),
  };
}

function readPartials(templatesDir: string, kind: 'html' | 'text'): Record<string, string> {
  const folder = join(templatesDir, 'partials');
  const ending = `.${kind}.hbs`;
  const names = readdirSync(folder).filter((file) => file.endsWith(ending));
  return Object.fromEntries(
    names.map((file) => [file.slice(0, -ending.length), readFileSync(join(folder, file), 'utf8')]),
  );
}
