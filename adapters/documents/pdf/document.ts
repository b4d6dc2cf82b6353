import { createHash } from 'node:crypto';
import type PDFDocument from 'pdfkit';
import type { DocumentContent } from '../../../domain/documents';
import { formatLocaleOf, languageOf } from '../../../domain/language';
import { loadFonts } from './fonts';

export type Pdf = InstanceType<typeof PDFDocument>;

interface Setting {
  title: string;
  size: 'A4' | [number, number];
}

/**
 * Opens a document, lets `draw` fill it and gives its bytes. The same content gives the same bytes: the
 * only clock in it is the one in the content, and its file identifier is a digest of the content.
 */
export async function writePdf(
  content: DocumentContent,
  setting: Setting,
  draw: (pdf: Pdf) => void,
): Promise<Buffer> {
  // Loaded on first use: not every process that could render a document ever does.
  const { default: Document } = await import('pdfkit');
  const fonts = loadFonts(Document);
  const pdf = new Document({
    size: setting.size,
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: formatLocaleOf(languageOf(content.locale)),
    displayTitle: true,
    font: fonts.regular as unknown as string,
    info: metadataOf(content, setting.title),
  });
  pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  const written = collect(pdf);
  draw(pdf);
  pdf.end();
  return written;
}

function metadataOf(content: DocumentContent, title: string) {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return {
    Title: title,
    Subject: content.number,
    Keywords: digest.slice(0, 32),
    Author: authorOf(content),
    Creator: 'Ordito',
    Producer: 'Ordito',
    CreationDate: new Date('placedAt' in content ? content.placedAt : 0),
  };
}

function authorOf(content: DocumentContent): string {
  if (content.kind === 'purchaseOrder') return content.buyer;
  return 'seller' in content ? content.seller : content.sender.name;
}

function collect(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}
