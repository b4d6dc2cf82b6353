import Handlebars from 'handlebars';
import { languageOf, languages, type Language } from '../../../domain/language';
import type { Brand } from '../../../domain/catalogue/brand';
import type { MailRequest, MailTemplate } from '../../../domain/mails';
import { singleLine } from '../../../domain/single-line';
import type { MailComposer } from '../../../ports/mail-composer';
import { formattingFunctions, type Frame } from './formatting';
import { mailParts, mailTemplates, readTemplateFiles, type MailPart } from './template-files';

/**
 * Composes mails from a folder of Handlebars templates, read once. A locale that has no templates of its own
 * gets those of its language (`it-IT` → `it`), else English. Throws when a field that a template needs is
 * missing.
 *
 * @param options.templatesDir folder with one folder a mail, as `templates/mails`
 * @param options.shopName who the mails are from, in their head and foot
 * @param options.timeZone IANA name of the zone in which instants become days, `UTC` unless told
 */
export function createMailComposer(options: {
  templatesDir: string;
  shopName?: string;
  timeZone?: string;
}): MailComposer {
  const compiled = compileTemplates(options.templatesDir, options.timeZone ?? 'UTC');
  const shop = singleLine(options.shopName ?? 'Ordito', 80);
  return {
    compose({ template, locale, data }: MailRequest, brand: Brand | null = null) {
      const language = languageOf(locale);
      const frame: Frame = { language, ...faceOf(brand, shop) };
      const clean = withCleanTexts(data);
      const write = (part: MailPart) => compiled(template, language, part)(clean, { data: frame });
      try {
        return {
          subject: singleLine(write('subject'), 200),
          html: write('html'),
          text: `${write('text').trim()}\n`,
        };
      } catch (cause) {
        const problem = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`The mail ${template} (${language}) cannot be written: ${problem}`, { cause });
      }
    },
  };
}

const ourColour = '#1f4f6b';

function faceOf(brand: Brand | null, shop: string): Omit<Frame, 'language'> {
  const name = brand ? singleLine(brand.sellerName, 80) : shop;
  return {
    shop: name,
    logo: brand?.logoText === undefined ? name : singleLine(brand.logoText, 80),
    // It stands within a style: anything but a colour stays out.
    colour: /^#[0-9a-f]{6}$/i.test(brand?.colour ?? '') ? brand!.colour! : ourColour,
  };
}

type Compiled = Handlebars.TemplateDelegate<unknown>;
type FindTemplate = (template: MailTemplate, language: Language, part: MailPart) => Compiled;

function compileTemplates(templatesDir: string, timeZone: string): FindTemplate {
  const files = readTemplateFiles(templatesDir);
  const functions = formattingFunctions({ shared: files.shared, timeZone });
  const compileHtml = createCompiler(functions, files.partials.html, { noEscape: false });
  // Subjects and texts are no markup: escaping would put &amp; before the customer's eyes.
  const compileText = createCompiler(functions, files.partials.text, { noEscape: true });
  const compiled = new Map<string, Compiled>();
  for (const template of mailTemplates) {
    for (const language of languages) {
      for (const part of mailParts) {
        const compile = part === 'html' ? compileHtml : compileText;
        compiled.set(`${template} ${language} ${part}`, compile(files.sources[template][language][part]));
      }
    }
  }
  return (template, language, part) => compiled.get(`${template} ${language} ${part}`)!;
}

function createCompiler(
  functions: Record<string, Handlebars.HelperDelegate>,
  partials: Record<string, string>,
  { noEscape }: { noEscape: boolean },
): (source: string) => Compiled {
  const environment = Handlebars.create();
  environment.registerHelper(functions);
  const knownHelpers = Object.fromEntries(Object.keys(functions).map((name) => [name, true]));
  const compile = (source: string) =>
    environment.compile<unknown>(source, { strict: true, noEscape, knownHelpers, knownHelpersOnly: true });
  // Compiled here: a partial given as text would be compiled again for each mail that brings partials of its own.
  for (const [name, source] of Object.entries(partials)) environment.registerPartial(name, compile(source));
  return compile;
}

/**
 * Line breaks and control characters in the data could forge lines of the mail, or a header. Empty fields are
 * left out, so that a template that writes one fails instead of leaving a gap.
 */
function withCleanTexts(value: unknown): unknown {
  if (typeof value === 'string') return singleLine(value, 2000);
  if (Array.isArray(value)) return value.map(withCleanTexts);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(fields.map(([name, part]) => [name, withCleanTexts(part)]));
}
