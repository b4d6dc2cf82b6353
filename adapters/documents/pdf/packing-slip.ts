import type { PackingSlipContent } from '../../../domain/documents';
import type { Address } from '../../../domain/order/types';
import { languageOf, type Language } from '../../../domain/language';
import { isValidGtin } from '../../../domain/shipping/gs1';
import { formatKilograms } from '../../../domain/shipping/weight';
import { singleLine } from '../../../domain/single-line';
import { drawBars, gtinSymbology, type EncodeBarcode, type Symbology } from './barcode';
import type { Pdf } from './document';
import { drawAddresses, drawCaption, drawFacts, drawHeading, drawNote, drawRunningHead } from './heading';
import { colour, frame, frameWidth, numberPages, Sheet } from './sheet';
import { drawTable, type Column, type Row } from './table';
import { words } from './words';

type Slip = PackingSlipContent;

/** Packing slip on A4: a box to tick for each line, codes to scan for goods and parcels. */
export function drawPackingSlip(pdf: Pdf, content: Slip, encode: EncodeBarcode): void {
  const language = languageOf(content.locale);
  const word = words[language];
  const about = `${word.packingSlip} ${content.number}`;
  const sheet = new Sheet(pdf, (next) => drawRunningHead(next, content.seller, about));
  drawHeading(sheet, content.seller, word.packingSlip);
  drawNumberCode(sheet, content, encode);
  drawFacts(sheet, factsOf(content, language));
  const { location } = content;
  drawAddresses(sheet, language, [
    [word.shipTo, content.shippingAddress],
    ...(location ? [[word.shipFrom, { ...location.address, name: location.name }] as [string, Address]] : []),
  ]);
  drawTable(sheet, ...linesOf(sheet, content, language, encode));
  sheet.y += 16;
  drawNote(sheet, word.note, content.note);
  drawPackages(sheet, content, language, encode);
  numberPages(
    pdf,
    `${about}  ·  ${content.fulfillmentId}`,
    (page, of) => `${word.page} ${page} ${word.of} ${of}`,
  );
}

function factsOf(content: Slip, language: Language): [string, string][] {
  const word = words[language];
  const pieces = content.lines.reduce((sum, line) => sum + line.quantity, 0);
  return [
    [word.order, content.number],
    [`${word.positions} / ${word.pieces}`, `${content.lines.length} / ${pieces}`],
    [word.packages, `${content.packages.length}`],
    // The number's own barcode stands here.
    ['', ''],
  ];
}

function drawNumberCode(sheet: Sheet, content: Slip, encode: EncodeBarcode): void {
  const width = frameWidth / 4;
  drawCode(
    sheet,
    encode,
    'code128',
    content.number,
    { x: frame.right - width, y: sheet.y, width, height: 26 },
    'right',
  );
}

const codeWidth = 118;

function linesOf(sheet: Sheet, content: Slip, language: Language, encode: EncodeBarcode): [Column[], Row[]] {
  const word = words[language];
  const columns: Column[] = [
    { title: '', width: 30 },
    { title: word.quantity, width: 44, align: 'right' },
    { title: word.item, width: frameWidth - 30 - 44 - codeWidth - 14 },
    { title: word.barcode, width: codeWidth + 14 },
  ];
  const rows = content.lines.map((line): Row => {
    const gtin = line.gtin && isValidGtin(line.gtin) ? line.gtin : undefined;
    return {
      height: gtin ? 46 : 28,
      cells: [
        { text: '' },
        { text: `${line.quantity}`, bold: true },
        { text: singleLine(line.title, 240), below: singleLine(line.sku, 80), wraps: true },
      ],
      draw: ({ x, y }) => {
        sheet.pdf
          .roundedRect(x + 6, y + 6, 13, 13, 2)
          .lineWidth(1)
          .stroke(colour.ink);
        if (!gtin) return;
        const place = { x: frame.right - codeWidth - 10, y: y + 6, width: codeWidth, height: 24 };
        drawCode(sheet, encode, gtinSymbology(gtin), gtin, place);
        sheet.line(gtin, place.x, y + 32, codeWidth, { size: 7, colour: colour.muted });
      },
    };
  });
  return [columns, rows];
}

const packageHeight = 66;

function drawPackages(sheet: Sheet, content: Slip, language: Language, encode: EncodeBarcode): void {
  const word = words[language];
  sheet.ensureRoom(packageHeight + 24);
  drawCaption(sheet, word.packages);
  if (content.packages.length === 0) {
    sheet.line(word.noPackages, frame.left, sheet.y, frameWidth, { colour: colour.muted });
    return;
  }
  content.packages.forEach((parcel, index) => {
    sheet.ensureRoom(packageHeight);
    const { y } = sheet;
    const title = `${word.parcel} ${index + 1} ${word.of} ${content.packages.length}`;
    sheet.line(title, frame.left, y + 4, 200, { font: 'bold' });
    sheet.line(`${word.weight} ${formatKilograms(parcel.weightGrams, language)}`, frame.left, y + 18, 200);
    const tracking = parcel.trackingNumber ? `${word.tracking} ${parcel.trackingNumber}` : word.noTracking;
    sheet.line(singleLine(tracking), frame.left, y + 32, 220, { colour: colour.muted });
    const place = { x: frame.right - 170, y: y + 4, width: 170, height: 36 };
    drawCode(sheet, encode, 'gs1-128', `(00)${parcel.sscc}`, place);
    sheet.line(`(00) ${parcel.sscc}`, place.x, y + 44, place.width, { size: 8 });
    sheet.y += packageHeight;
    sheet.rule(sheet.y - 6);
  });
}

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws a barcode inside its place as large as fits; nothing when it would be too fine to scan. */
function drawCode(
  sheet: Sheet,
  encode: EncodeBarcode,
  symbology: Symbology,
  text: string,
  place: Place,
  align: 'left' | 'right' = 'left',
): void {
  const bars = encode(symbology, text);
  if (!bars) return;
  const module = Math.min(place.width / bars.modules, widestModule);
  if (module < finestModule) return;
  const x = align === 'left' ? place.x : place.x + place.width - bars.modules * module;
  drawBars(sheet.pdf, bars, { ...place, x, module });
}

// Points: 0.38 mm reads well from a desk printer, below 0.19 mm it does not.
const widestModule = 1.08;
const finestModule = 0.54;
