import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const notOurs = new Set(['node_modules', '.git', '.ordito', 'coverage']);
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every file of the repository, by its path from the root. */
function filesBelow(folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(place);
    return [place];
  });
}

const files = filesBelow();
const names = new Set(files.map((file) => path.posix.basename(file)));
const folders = new Set(files.map((file) => file.split('/')[0]!));
const docs = files.filter((file) => file.endsWith('.md'));

const withoutCode = (text: string): string =>
  text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`]*`/g, '``');

/** Links to places in the repository, as they are written. */
function linksOf(doc: string): string[] {
  const links = [...withoutCode(read(doc)).matchAll(/\]\(<?([^)>\s]+)>?\)/g)].map((match) => match[1]!);
  return links.filter((link) => !/^(https?|mailto):/.test(link));
}

/** The name by which a heading is linked to: GitHub's rule. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = (doc: string): string[] =>
  [...read(doc).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1]!));

function leadsSomewhere(doc: string, link: string): boolean {
  const [place = '', anchor] = link.split('#');
  const target = place === '' ? doc : path.posix.join(path.posix.dirname(doc), place);
  if (!existsSync(path.join(root, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

/**
 * Names that look like files of ours: `store/transaction.ts`, or `translate.ts` alone. What has a placeholder in
 * it, lies in the state's folder or begins with a slash (an address) is none.
 */
function filesNamedIn(doc: string): string[] {
  const tokens = read(doc).match(/[\w.@<>{}*/:-]+\.(?:ts|mjs|cjs|md|ya?ml|json|sh|hbs|png)(?![\w/*])/g) ?? [];
  return [...new Set(tokens)].filter((token) => !/[<>{}*@:]|^\/|^\.ordito\//.test(token));
}

function isThere(doc: string, name: string): boolean {
  if (!name.includes('/')) return names.has(name);
  return [name, path.posix.join(path.posix.dirname(doc), name)].some((file) =>
    existsSync(path.join(root, file)),
  );
}

/** Folders of ours: `runtime/dev/`, `test/support`. */
function foldersNamedIn(doc: string): string[] {
  const tokens = [...read(doc).matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)].map((match) => match[1]!);
  return tokens.filter((token) => token.includes('/') && folders.has(token.split('/')[0]!));
}

describe.each(docs)('%s', (doc) => {
  it('has links that lead somewhere', () => {
    expect(linksOf(doc).filter((link) => !leadsSomewhere(doc, link))).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const named = [...filesNamedIn(doc), ...foldersNamedIn(doc)];
    expect(named.filter((name) => !isThere(doc, name))).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(doc).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short!,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('settings', () => {
  const inCode = [...read('runtime/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
    (match) => match[1]!,
  );
  const inDocs = [...read('docs/operations.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map((m) => m[1]!);

  it('are all in the table, and nothing else is', () => {
    expect(inCode.length).toBeGreaterThan(10);
    expect([...inDocs].sort()).toEqual([...inCode].sort());
  });
});
