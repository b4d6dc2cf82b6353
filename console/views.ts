import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { formattingFunctions, type Frame } from './formatting';

/** A page as its maker hands it over. */
export interface View {
  template: string;
  title: string;
  data: object;
  status?: number;
}

export type RenderTemplate = (template: string, data: object, frame: Frame) => string;

const ending = '.hbs';

/** Reads a folder of templates once; each is compiled when it is first shown. */
export function createViews(folder: string): RenderTemplate {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(formattingFunctions);
  for (const [name, text] of readTemplates(path.join(folder, 'partials')))
    handlebars.registerPartial(name, text);
  // Partials are not indented: in a text field the blanks would be part of the text.
  const templates = new Map(
    readTemplates(folder).map(
      ([name, text]) => [name, handlebars.compile(text, { preventIndent: true })] as const,
    ),
  );
  return (name, data, frame) => {
    const template = templates.get(name);
    if (!template) throw new Error(`There is no page template "${name}"`);
    return template(data, { data: frame });
  };
}

const readTemplates = (folder: string): [string, string][] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => [file.slice(0, -ending.length), readFileSync(path.join(folder, file), 'utf8')]);
