import { readFileSync } from 'node:fs';
import type PDFDocument from 'pdfkit';

/** DejaVu has the letters that the standard fonts of PDF lack, Ł and Ž among them. */
const files = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};
export type FontName = keyof typeof files;
export type Fonts = Record<FontName, Buffer>;

let loaded: Fonts | undefined;

/**
 * The fonts, read and parsed once in the life of the process: parsing costs four times as much as drawing
 * a page. Pdfkit takes a parsed font wherever it takes bytes, but its types do not say so, and it has no
 * public way to get one; should its inside change, the bytes do as well.
 */
export function loadFonts(Document: typeof PDFDocument): Fonts {
  loaded ??= { regular: parse(Document, files.regular), bold: parse(Document, files.bold) };
  return loaded;
}

function parse(Document: typeof PDFDocument, file: string): Buffer {
  const bytes = readFileSync(file);
  const opened = new Document({ font: bytes as unknown as string, autoFirstPage: false });
  return (opened as unknown as { _font?: { font?: Buffer } })._font?.font ?? bytes;
}
