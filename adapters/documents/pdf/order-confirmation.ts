import type { ConfirmationContent } from '../../../domain/documents';
import { formatDay, formatLocaleOf, languageOf, type Language } from '../../../domain/language';
import { formatMoney, plus, sum, type Money } from '../../../domain/money';
import type { Address } from '../../../domain/order/types';
import { tenderName } from '../../../domain/payment/tender-names';
import { shippingMethodName } from '../../../domain/shipping/method-names';
import { singleLine } from '../../../domain/single-line';
import type { Pdf } from './document';
import { drawDestinations } from './destinations';
import { drawAddresses, drawFacts, drawHeading, drawNote, drawRunningHead } from './heading';
import { colour, frame, frameWidth, numberPages, Sheet, type TextStyle } from './sheet';
import { drawTable, type Column, type Row } from './table';
import { words } from './words';

/** Order confirmation on A4: lines, taxes, payment and total. */
export function drawOrderConfirmation(pdf: Pdf, content: ConfirmationContent, timeZone: string): void {
  const language = languageOf(content.locale);
  const word = words[language];
  const about = `${word.orderConfirmation} ${content.number}`;
  const sheet = new Sheet(pdf, (next) => drawRunningHead(next, content.seller, about));
  drawHeading(sheet, content.seller, word.orderConfirmation);
  drawFacts(sheet, [
    [word.order, content.number],
    [word.placedOn, formatDay(content.placedAt, language, timeZone)],
    [word.reference, content.externalReference],
    [word.customer, content.customer.name],
  ]);
  if (content.promise) drawFacts(sheet, [[word.promised, promisedDays(content.promise, language)]]);
  const { destinations } = content;
  drawAddresses(sheet, language, [
    ...(destinations ? [] : [[word.shipTo, content.shippingAddress] as [string, Address]]),
    [word.billTo, content.billingAddress],
  ]);
  drawTable(sheet, ...linesOf(content, language));
  drawSums(sheet, content, language);
  if (destinations) drawDestinations(sheet, destinations, language);
  drawNote(sheet, word.notSupplied, content.notSupplied?.map(piecesInWords).join(', '));
  drawNote(sheet, word.note, content.note);
  numberPages(pdf, `${content.seller}  ·  ${about}`, (page, of) => `${word.page} ${page} ${word.of} ${of}`);
}

const piecesInWords = ({
  quantity,
  title,
  sku,
}: NonNullable<ConfirmationContent['notSupplied']>[number]): string =>
  `${quantity} × ${singleLine(title, 240)} (${singleLine(sku, 80)})`;

/** Calendar dates: they are the same day everywhere. */
function promisedDays({ earliest, latest }: NonNullable<ConfirmationContent['promise']>, language: Language) {
  return [...new Set([earliest, latest])].map((day) => formatDay(day, language, 'UTC')).join(' – ');
}

function linesOf(content: ConfirmationContent, language: Language): [Column[], Row[]] {
  const word = words[language];
  const hasDiscount = content.lines.some((line) => line.discount.amount !== 0);
  const figures: Column[] = [
    { title: word.quantity, width: 40, align: 'right' },
    { title: word.unitPrice, width: 74, align: 'right' },
    ...(hasDiscount ? [{ title: word.discount, width: 66, align: 'right' } as const] : []),
    { title: word.taxRate, width: 48, align: 'right' },
    { title: word.amount, width: 78, align: 'right' },
  ];
  const used = figures.reduce((width, column) => width + column.width, 0);
  const rows = content.lines.map((line) => ({
    cells: [
      { text: singleLine(line.title, 240), below: singleLine(line.sku, 80), wraps: true },
      { text: formatCount(line.quantity, language) },
      { text: formatMoney(line.unitPrice, formatLocaleOf(language)) },
      ...(hasDiscount ? [{ text: discountText(line.discount, language) }] : []),
      { text: formatRate(line.taxRateBps, language) },
      { text: formatMoney(line.total, formatLocaleOf(language)), bold: true },
    ],
  }));
  return [[{ title: word.item, width: frameWidth - used }, ...figures], rows];
}

const sumsLeft = frame.left + frameWidth / 2 + 20;

/** Taxes and payment on the left, the way to the total on the right. */
function drawSums(sheet: Sheet, content: ConfirmationContent, language: Language): void {
  const taxHeight = content.taxes.length > 0 ? 34 + content.taxes.length * 14 : 0;
  const leftHeight = taxHeight + 34 + content.tenders.length * 14;
  sheet.y += 14;
  sheet.ensureRoom(Math.max(leftHeight, 100));
  const top = sheet.y;
  const right = drawTotal(sheet, content, language, top);
  const left = drawTenders(sheet, content, language, drawTaxes(sheet, content, language, top));
  sheet.y = Math.max(left, right) + 14;
}

function drawTotal(sheet: Sheet, content: ConfirmationContent, language: Language, top: number): number {
  const word = words[language];
  const currency = content.total.currency;
  const goods = sum(
    content.lines.map((line) => line.total),
    currency,
  );
  const tax = sum(
    content.taxes.map((row) => row.tax),
    currency,
  );
  const beforeTax = plus(goods, content.shipping.price);
  const rows: [string, Money][] = [
    [word.goods, goods],
    [singleLine(shippingMethodName(content.shipping.method, language), 60), content.shipping.price],
    // Prices that include tax already come to the total without it.
    ...(beforeTax.amount === content.total.amount ? [] : [[word.tax, tax] as [string, Money]]),
  ];
  let y = top;
  for (const [caption, amount] of rows) y = pair(sheet, caption, amount, language, y, sumsLeft, frame.right);
  sheet.pdf.roundedRect(sumsLeft - 8, y + 4, frame.right - sumsLeft + 8, 28, 4).fill(colour.accent);
  const style: TextStyle = { font: 'bold', size: 12, colour: '#ffffff' };
  sheet.line(word.total, sumsLeft + 2, y + 11, 80, style);
  const text = formatMoney(content.total, formatLocaleOf(language));
  sheet.line(text, sumsLeft + 80, y + 11, frame.right - sumsLeft - 90, { ...style, align: 'right' });
  return y + 36;
}

function drawTaxes(sheet: Sheet, { taxes }: ConfirmationContent, language: Language, top: number): number {
  if (taxes.length === 0) return top;
  const word = words[language];
  const columns = [frame.left, frame.left + 56, frame.left + 146];
  const write = (texts: string[], y: number, style: TextStyle) =>
    texts.forEach((text, index) => {
      const width = index === 0 ? 50 : 84;
      sheet.line(text, columns[index]!, y, width, { ...style, align: index === 0 ? 'left' : 'right' });
    });
  sheet.line(word.taxes, frame.left, top, 220, { font: 'bold' });
  write([word.taxRate, word.taxBase, word.taxAmount], top + 15, { size: 7.5, colour: colour.muted });
  taxes.forEach((row, index) => {
    const amounts = [row.base, row.tax].map((amount) => formatMoney(amount, formatLocaleOf(language)));
    write([formatRate(row.rateBps, language), ...amounts], top + 27 + index * 14, {});
  });
  return top + 27 + taxes.length * 14 + 12;
}

function drawTenders(
  sheet: Sheet,
  { tenders }: ConfirmationContent,
  language: Language,
  top: number,
): number {
  sheet.line(words[language].payments, frame.left, top, 220, { font: 'bold' });
  let y = top + 15;
  for (const tender of tenders) {
    y = pair(
      sheet,
      tenderName(tender.method, language),
      tender.amount,
      language,
      y,
      frame.left,
      frame.left + 230,
    );
  }
  return y;
}

function pair(
  sheet: Sheet,
  caption: string,
  amount: Money,
  language: Language,
  y: number,
  from: number,
  to: number,
) {
  const half = (to - from) / 2;
  sheet.line(caption, from, y, half + 20, { colour: colour.muted });
  sheet.line(formatMoney(amount, formatLocaleOf(language)), from + half + 20, y, half - 20, {
    align: 'right',
  });
  return y + 14;
}

const formatCount = (count: number, language: Language) => count.toLocaleString(formatLocaleOf(language));

function discountText(discount: Money, language: Language): string {
  if (discount.amount === 0) return '';
  return formatMoney({ ...discount, amount: -discount.amount }, formatLocaleOf(language));
}

function formatRate(bps: number, language: Language): string {
  return (bps / 10_000).toLocaleString(formatLocaleOf(language), {
    style: 'percent',
    maximumFractionDigits: 2,
  });
}
