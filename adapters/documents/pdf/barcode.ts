import type bwip from 'bwip-js/node';
import type { Pdf } from './document';

export type Symbology = 'code128' | 'gs1-128' | 'ean13' | 'ean8' | 'upca' | 'itf14';

/** Widths of bars and spaces in modules, a bar first. Made for one barcode, drawn as vectors. */
export interface Bars {
  widths: number[];
  modules: number;
}

/** Encodes barcodes. `null` for a text that the symbology cannot carry, a wrong check digit among them. */
export type EncodeBarcode = (symbology: Symbology, text: string) => Bars | null;

export async function loadBarcodes(): Promise<EncodeBarcode> {
  const { default: encoder } = await import('bwip-js/node');
  return (symbology, text) => encode(encoder, symbology, text);
}

function encode(encoder: typeof bwip, symbology: Symbology, text: string): Bars | null {
  // The encoder would write other letters as bytes that a scanner reads as something else.
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  try {
    const [drawn] = encoder.raw({ bcid: symbology, text });
    const widths = drawn && 'sbs' in drawn ? drawn.sbs : [];
    return { widths, modules: widths.reduce((sum, width) => sum + width, 0) };
  } catch {
    return null;
  }
}

/** The symbology of a GTIN with a right check digit, by its length. */
export function gtinSymbology(gtin: string): Symbology {
  const byLength: Record<number, Symbology> = { 8: 'ean8', 12: 'upca', 13: 'ean13', 14: 'itf14' };
  return byLength[gtin.length] ?? 'code128';
}

/** Draws bars from the top left corner; `module` and `height` in points. Quiet zones are the caller's. */
export function drawBars(
  pdf: Pdf,
  bars: Bars,
  at: { x: number; y: number; module: number; height: number },
): void {
  let x = at.x;
  bars.widths.forEach((width, index) => {
    if (index % 2 === 0) pdf.rect(x, at.y, width * at.module, at.height);
    x += width * at.module;
  });
  pdf.fill('#000000');
}
