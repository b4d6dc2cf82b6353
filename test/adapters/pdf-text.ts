import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  /** What stands on each page, in the order it was written, one entry a piece of text. */
  pages: string[][];
  /** Filled rectangles of each page, in points as they were drawn. */
  rectangles: { x: number; y: number; width: number; height: number }[][];
}

/** Reads back what pdfkit wrote: enough of PDF for that, and no more. */
export function readPdf(body: Buffer): ReadPdf {
  const objects = objectsOf(body);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  const contents = pages.map((page) => streamOf(objects, page.head, 'Contents'));
  return {
    pages: pages.map((page, index) => textsOf(contents[index]!, fontsOf(objects, page.head))),
    rectangles: contents.map((content) =>
      [...content.matchAll(/^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm)].map(
        ([, x, y, width, height]) => ({
          x: Number(x),
          y: Number(y),
          width: Number(width),
          height: Number(height),
        }),
      ),
    ),
  };
}

interface PdfObject {
  head: string;
  stream: Buffer | null;
}

function objectsOf(body: Buffer): Map<string, PdfObject> {
  const text = body.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n([^]*?)\nendobj/gm)) {
    const [, id, content] = match as unknown as [string, string, string];
    const [head, stream] = content.split(/\nstream\n/) as [string, string?];
    const bytes = stream === undefined ? null : Buffer.from(stream.replace(/\nendstream$/, ''), 'latin1');
    objects.set(id, { head, stream: bytes && head.includes('FlateDecode') ? inflateSync(bytes) : bytes });
  }
  return objects;
}

function streamOf(objects: Map<string, PdfObject>, head: string, key: string): string {
  const id = new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1];
  return (id && objects.get(id)?.stream?.toString('latin1')) || '';
}

/** Glyph id → characters, by the name of the font on the page. */
function fontsOf(objects: Map<string, PdfObject>, page: string): Map<string, Map<string, string>> {
  const resources = objects.get(/\/Resources (\d+) 0 R/.exec(page)?.[1] ?? '')?.head ?? page;
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name, id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = streamOf(objects, objects.get(id!)!.head, 'ToUnicode');
    const glyphs = new Map<string, string>();
    for (const [, first, list] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
      [...list!.matchAll(/<([^>]*)>/g)].forEach(([, hex], offset) => {
        const glyph = (parseInt(first!, 16) + offset).toString(16).padStart(4, '0');
        glyphs.set(glyph, utf16(hex!));
      });
    }
    fonts.set(name!, glyphs);
  }
  return fonts;
}

const utf16 = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');

function textsOf(content: string, fonts: Map<string, Map<string, string>>): string[] {
  let glyphs = new Map<string, string>();
  const texts: string[] = [];
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) glyphs = fonts.get(font)!;
    if (shown === undefined) continue;
    const hex = [...shown.matchAll(/<([0-9a-f]*)>/gi)].map(([, run]) => run).join('');
    texts.push(
      (hex.match(/.{4}/g) ?? []).map((glyph) => glyphs.get(glyph.toLowerCase()) ?? '\ufffd').join(''),
    );
  }
  return texts;
}
