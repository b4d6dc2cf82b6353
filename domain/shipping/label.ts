import type { LabelContent } from '../documents';
import { languageOf, type Language } from '../language';
import { addressLines } from '../order/address-lines';
import { singleLine } from '../single-line';
import { code128QuietZone, encodeCode128, encodeSscc, type Code128 } from './code128';
import { cutToWidth, textWidth, wrapToWidth } from './label-text';
import { isValidSscc } from './sscc';
import { formatKilograms } from './weight';

/** 100 × 150 mm at 203 dpi. All measures of a label are dots of this raster, from the top left corner. */
export const labelSize = { width: 800, height: 1200, dotsPerInch: 203 } as const;

/** What is drawn, in order. Text hangs from its `y`; `width` is the room it has, and it fits in there. */
export type LabelElement =
  | { kind: 'text'; x: number; y: number; size: number; width: number; text: string; inverse?: boolean }
  | { kind: 'box'; x: number; y: number; width: number; height: number }
  | {
      kind: 'barcode';
      symbology: 'code128' | 'sscc';
      x: number;
      y: number;
      height: number;
      /** Dots of the narrowest bar. */
      module: number;
      text: string;
      code: Code128;
    };

const margin = 24;
const inner = labelSize.width - 2 * margin;
// GS1 General Specifications, symbols of logistic units: bars of at least 0.495 mm, 31.75 mm high.
const ssccModule = 4;
const ssccHeight = 256;

const words: Record<
  Language,
  Record<'from' | 'to' | 'order' | 'weight' | 'parcel' | 'of' | 'return', string>
> = {
  it: {
    from: 'Mittente',
    to: 'Destinatario',
    order: 'Ordine',
    weight: 'Peso',
    parcel: 'Collo',
    of: 'di',
    return: 'RESO',
  },
  en: {
    from: 'From',
    to: 'To',
    order: 'Order',
    weight: 'Weight',
    parcel: 'Parcel',
    of: 'of',
    return: 'RETURN',
  },
};

/**
 * Where everything stands on a shipping or return label. Printer language and PDF are drawn from this one
 * layout, so that both carry the same words and codes. Throws on an SSCC with a wrong check digit and on a
 * tracking number that no scanner could read at this size.
 */
export function layoutLabel(content: LabelContent): LabelElement[] {
  if (!isValidSscc(content.sscc)) throw new Error(`Not a valid SSCC: "${content.sscc}"`);
  const language = languageOf(content.locale);
  return [
    ...header(content, language),
    rule(104),
    ...sender(content, language),
    ...facts(content, language),
    rule(268),
    ...recipient(content, language),
    rule(562),
    ...routing(content),
    rule(656),
    ...trackingBarcode(content),
    rule(846),
    ...ssccBarcode(content),
  ];
}

/** "IT-40124": what a sorting centre reads from afar. */
export function routingCode({ recipient: { country, postalCode } }: LabelContent): string {
  return singleLine(`${country.toUpperCase()}-${postalCode.toUpperCase()}`, 30);
}

function header(content: LabelContent, language: Language): LabelElement[] {
  const inverse = content.kind === 'returnLabel';
  const banner: LabelElement[] = inverse
    ? [
        { kind: 'box', x: 0, y: 0, width: labelSize.width, height: 104 },
        { ...text(560, 26, 64, 216, words[language].return), inverse },
      ]
    : [];
  const carrierWidth = inverse ? 510 : inner;
  return [
    ...banner,
    { ...text(margin, 14, 48, carrierWidth, content.carrier), inverse },
    { ...text(margin, 66, 28, carrierWidth, content.service), inverse },
  ];
}

function sender(content: LabelContent, language: Language): LabelElement[] {
  const lines = addressLines(content.sender, language);
  return [
    text(margin, 114, 20, 500, words[language].from),
    ...lines.slice(0, 5).map((line, index) => text(margin, 138 + index * 25, 24, 500, line)),
  ];
}

function facts(content: LabelContent, language: Language): LabelElement[] {
  const word = words[language];
  const { position, of } = content.parcel;
  const rows: [string, string][] = [
    [word.order, content.number],
    [word.weight, formatKilograms(content.weightGrams, language)],
    [word.parcel, `${position} ${word.of} ${of}`],
  ];
  return [
    { kind: 'box', x: 548, y: 104, width: 2, height: 166 },
    ...rows.flatMap(([caption, value], index) => [
      text(566, 114 + index * 51, 20, 210, caption),
      text(566, 134 + index * 51, 27, 210, value),
    ]),
  ];
}

function recipient(content: LabelContent, language: Language): LabelElement[] {
  const { size, lines } = fitAddress(content.recipient, language, inner, 250);
  const phone = content.recipient.phone ? `  ·  ${content.recipient.phone}` : '';
  return [
    text(margin, 278, 20, inner, `${words[language].to}${phone}`),
    ...lines.map((line, index) => text(margin, 306 + index * lineStep(size), size, inner, line)),
  ];
}

const lineStep = (size: number) => Math.round(size * 1.1);

/** The largest type in which the whole address has room. Place and country never wrap; long names do. */
function fitAddress(address: LabelContent['recipient'], language: Language, width: number, height: number) {
  const all = addressLines(address, language);
  const [street, place] = [all.slice(0, -2), all.slice(-2)];
  const wrapAt = (size: number, maxLines: number) => [
    ...street.flatMap((line) => wrapToWidth(line, size, width, maxLines)),
    ...place.map((line) => line.toUpperCase()),
  ];
  for (const size of [56, 50, 44, 40, 36, 32]) {
    const lines = wrapAt(size, 3);
    const isWhole = lines.every((line) => textWidth(line, size) <= width && !line.endsWith('…'));
    if (isWhole && lines.length * lineStep(size) <= height) return { size, lines };
  }
  return { size: 28, lines: wrapAt(28, 2) };
}

function routing(content: LabelContent): LabelElement[] {
  const { position, of } = content.parcel;
  return [
    text(margin, 574, 76, 560, routingCode(content)),
    { kind: 'box', x: 608, y: 562, width: 2, height: 96 },
    text(626, 574, 76, 150, `${position}/${of}`),
  ];
}

function trackingBarcode(content: LabelContent): LabelElement[] {
  const code = encodeCode128(content.trackingNumber);
  const module = [4, 3, 2].find((dots) => (code.modules + 2 * code128QuietZone) * dots <= labelSize.width);
  if (!module) throw new Error(`Tracking number too long for a label: "${content.trackingNumber}"`);
  const x = centred(code.modules * module);
  return [
    {
      kind: 'barcode',
      symbology: 'code128',
      x,
      y: 672,
      height: 128,
      module,
      text: content.trackingNumber,
      code,
    },
    text(Math.min(x, 400), 808, 32, labelSize.width - margin - Math.min(x, 400), content.trackingNumber),
  ];
}

function ssccBarcode({ sscc }: LabelContent): LabelElement[] {
  const code = encodeSscc(sscc);
  const x = centred(code.modules * ssccModule);
  return [
    {
      kind: 'barcode',
      symbology: 'sscc',
      x,
      y: 862,
      height: ssccHeight,
      module: ssccModule,
      text: sscc,
      code,
    },
    text(x, 1128, 36, labelSize.width - margin - x, `(00) ${sscc}`),
  ];
}

const centred = (width: number) => Math.round((labelSize.width - width) / 2);
const rule = (y: number): LabelElement => ({ kind: 'box', x: margin, y, width: inner, height: 2 });

function text(
  x: number,
  y: number,
  size: number,
  width: number,
  words: string,
): LabelElement & { kind: 'text' } {
  // Smaller down to two thirds before anything is cut: a cut number is no number.
  const fitting = [1, 0.9, 0.8, 0.67].map((factor) => Math.round(size * factor));
  const line = singleLine(words);
  const best = fitting.find((candidate) => textWidth(line, candidate) <= width) ?? fitting.at(-1)!;
  return {
    kind: 'text',
    x,
    y: y + Math.round((size - best) / 2),
    size: best,
    width,
    text: cutToWidth(line, best, width),
  };
}
