import type { PurchaseOrderContent } from '../../../domain/documents';
import { formatDay, formatLocaleOf, languageOf, type Language } from '../../../domain/language';
import { formatMoney, type Money } from '../../../domain/money';
import { singleLine } from '../../../domain/single-line';
import type { Pdf } from './document';
import { drawAddresses, drawFacts, drawHeading, drawRunningHead } from './heading';
import { frame, frameWidth, numberPages, Sheet } from './sheet';
import { drawTable, type Column, type Row } from './table';
import { words } from './words';

/** Purchase order on A4: what we want, where, by when, and at what cost. */
export function drawPurchaseOrder(pdf: Pdf, content: PurchaseOrderContent, timeZone: string): void {
  const language = languageOf(content.locale);
  const word = words[language];
  const about = `${word.purchaseOrder} ${content.number}`;
  const sheet = new Sheet(pdf, (next) => drawRunningHead(next, singleLine(content.buyer), about));
  drawHeading(sheet, content.buyer, word.purchaseOrder);
  drawFacts(sheet, [
    [word.order, content.number],
    [word.placedOn, formatDay(content.placedAt, language, timeZone)],
    [word.expectedOn, formatDay(content.expectedAt, language, timeZone)],
    [word.reference, content.reference ?? '–'],
  ]);
  drawAddresses(sheet, language, [[word.shipTo, content.deliverTo]]);
  sheet.line(`${word.supplier}: ${singleLine(content.supplier)}`, frame.left, sheet.y, frameWidth);
  sheet.y += 22;
  drawTable(
    sheet,
    columnsOf(language),
    content.lines.map((line) => rowOf(line, language)),
  );
  drawTotal(sheet, content, language);
  numberPages(pdf, about, (page, of) => `${word.page} ${page} ${word.of} ${of}`);
}

const figure = 62;
const codes = 110;

function columnsOf(language: Language): Column[] {
  const word = words[language];
  return [
    { title: word.item, width: frameWidth - codes - 3 * figure - 20 },
    { title: word.supplierCode, width: codes },
    { title: word.quantity, width: figure, align: 'right' },
    { title: word.unitPrice, width: figure, align: 'right' },
    { title: word.amount, width: figure + 20, align: 'right' },
  ];
}

function rowOf(line: PurchaseOrderContent['lines'][number], language: Language): Row {
  return {
    cells: [
      { text: singleLine(line.title, 240), below: singleLine(line.sku, 80), wraps: true },
      { text: singleLine(line.supplierSku ?? '–', 80) },
      { text: `${line.quantity}`, bold: true },
      { text: moneyOf(line.unitCost, language) },
      { text: moneyOf(line.total, language) },
    ],
  };
}

function drawTotal(sheet: Sheet, { total }: PurchaseOrderContent, language: Language): void {
  if (total === null) return;
  sheet.ensureRoom(30);
  const style = { font: 'bold', size: 11, align: 'right' } as const;
  sheet.line(words[language].total, frame.left, sheet.y + 12, frameWidth - 120, style);
  sheet.line(moneyOf(total, language), frame.right - 112, sheet.y + 12, 104, style);
  sheet.y += 30;
}

const moneyOf = (value: Money | null, language: Language): string =>
  value === null ? '–' : formatMoney(value, formatLocaleOf(language));
