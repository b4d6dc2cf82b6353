import type { DocumentContent, DocumentKind, LabelContent } from '../../../domain/documents';
import { languageOf } from '../../../domain/language';
import { zplOf } from '../../../domain/shipping/zpl';
import type { DocumentRenderer } from '../../../ports/document-renderer';
import { loadBarcodes } from './barcode';
import { writePdf } from './document';
import { drawLabel, labelPaper } from './label';
import { drawOrderConfirmation } from './order-confirmation';
import { drawPackingSlip } from './packing-slip';
import { drawPurchaseOrder } from './purchase-order';
import { purchaseOrderCsv } from './purchase-order-csv';
import { words } from './words';

/**
 * Renders documents as PDF, labels as ZPL and purchase orders as CSV as well.
 *
 * @param options.timeZone IANA name of the zone in which instants become days, `UTC` unless told
 */
export function createPdfRenderer(options: { timeZone?: string } = {}): DocumentRenderer {
  const timeZone = options.timeZone ?? 'UTC';
  return {
    async render(content, format) {
      if (format === 'pdf') return { mediaType: 'application/pdf', body: await renderPdf(content, timeZone) };
      if (format === 'csv' && content.kind === 'purchaseOrder')
        return { mediaType: 'text/csv; charset=utf-8', body: Buffer.from(purchaseOrderCsv(content), 'utf8') };
      if (format === 'csv' || !isLabel(content))
        throw new Error(`A document of kind ${content.kind} does not exist as ${format}`);
      return { mediaType: 'application/zpl', body: Buffer.from(zplOf(content), 'utf8') };
    },
  };
}

const labelKinds: DocumentKind[] = ['shippingLabel', 'returnLabel'];
const isLabel = (content: DocumentContent): content is LabelContent => labelKinds.includes(content.kind);

async function renderPdf(content: DocumentContent, timeZone: string): Promise<Buffer> {
  const title = `${words[languageOf(content.locale)][content.kind]} ${content.number}`;
  if (content.kind === 'orderConfirmation') {
    return writePdf(content, { title, size: 'A4' }, (pdf) => drawOrderConfirmation(pdf, content, timeZone));
  }
  if (content.kind === 'purchaseOrder') {
    return writePdf(content, { title, size: 'A4' }, (pdf) => drawPurchaseOrder(pdf, content, timeZone));
  }
  const encode = await loadBarcodes();
  if (content.kind === 'packingSlip') {
    return writePdf(content, { title, size: 'A4' }, (pdf) => drawPackingSlip(pdf, content, encode));
  }
  return writePdf(content, { title, size: labelPaper }, (pdf) => drawLabel(pdf, content, encode));
}
