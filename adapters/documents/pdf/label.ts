import type { LabelContent } from '../../../domain/documents';
import { labelSize, layoutLabel, type LabelElement } from '../../../domain/shipping/label';
import { drawBars, type Bars, type EncodeBarcode } from './barcode';
import type { Pdf } from './document';

/** 100 × 150 mm. */
export const labelPaper: [number, number] = [(100 / 25.4) * 72, (150 / 25.4) * 72];

/** Points of one dot: bars fall exactly on the dots of a label printer. */
const dot = 72 / labelSize.dotsPerInch;
// From here on type is set bold: a label is read from a distance.
const boldFrom = 27;

/** Draws the common layout of labels; each text is set smaller when this font runs wider than a printer's. */
export function drawLabel(pdf: Pdf, content: LabelContent, encode: EncodeBarcode): void {
  for (const element of layoutLabel(content)) drawElement(pdf, element, encode);
}

function drawElement(pdf: Pdf, element: LabelElement, encode: EncodeBarcode): void {
  const [x, y] = [element.x * dot, element.y * dot];
  switch (element.kind) {
    case 'box':
      pdf.rect(x, y, element.width * dot, element.height * dot).fill('#000000');
      return;
    case 'text':
      return drawText(pdf, element);
    case 'barcode': {
      const text = element.symbology === 'sscc' ? `(00)${element.text}` : element.text;
      const bars = encode(element.symbology === 'sscc' ? 'gs1-128' : 'code128', text);
      if (!bars) throw new Error(`Cannot be encoded as ${element.symbology}: "${element.text}"`);
      drawBars(pdf, bars, { x, y, module: widestModule(element, bars) * dot, height: element.height * dot });
    }
  }
}

/** Whole dots of a bar: this encoder packs digits tighter than the layout reckons, which leaves room for wider bars. */
function widestModule({ code, module }: LabelElement & { kind: 'barcode' }, bars: Bars): number {
  return Math.min(4, Math.floor((code.modules * module) / bars.modules));
}

function drawText(pdf: Pdf, element: LabelElement & { kind: 'text' }): void {
  if (element.text === '') return;
  const full = element.size * dot * 0.95;
  const width = element.width * dot;
  pdf
    .font(element.size >= boldFrom ? 'bold' : 'regular', full)
    .fillColor(element.inverse ? '#ffffff' : '#000000');
  const natural = pdf.widthOfString(element.text);
  const size = natural <= width ? full : (full * width) / natural;
  // Letters stand on the line they would stand on at full size.
  pdf.fontSize(size).text(element.text, element.x * dot, element.y * dot + 0.8 * full, {
    lineBreak: false,
    baseline: 'alphabetic',
  });
}
