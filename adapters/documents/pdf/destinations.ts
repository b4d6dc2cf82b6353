import type { ConfirmationContent } from '../../../domain/documents';
import { formatLocaleOf, type Language } from '../../../domain/language';
import { formatMoney } from '../../../domain/money';
import { addressLines } from '../../../domain/order/address-lines';
import { shippingMethodName } from '../../../domain/shipping/method-names';
import { singleLine } from '../../../domain/single-line';
import { drawCaption } from './heading';
import { colour, frame, type Sheet, type TextStyle } from './sheet';
import { words } from './words';

type Destination = NonNullable<ConfirmationContent['destinations']>[number];

const indent = 14;

/** Where the goods go, place by place: to whom and how, and below what; a long list goes on on the next page. */
export function drawDestinations(sheet: Sheet, destinations: Destination[], language: Language): void {
  sheet.ensureRoom(80);
  drawCaption(sheet, words[language].destinations);
  for (const destination of destinations) {
    sheet.ensureRoom(60);
    const [name, ...place] = addressLines(destination.address, language);
    flow(sheet, `${name}  ·  ${howText(destination, language)}`, frame.left, { font: 'bold' });
    flow(sheet, place.join(', '), frame.left, { colour: colour.muted });
    for (const { title, quantity } of destination.lines)
      flow(sheet, `${quantity} × ${singleLine(title, 160)}`, frame.left + indent);
    sheet.y += 10;
  }
}

function howText({ store, method, price }: Destination, language: Language): string {
  const how =
    store === undefined ? shippingMethodName(method, language) : `${words[language].pickupAt} ${store}`;
  return price ? `${how}  ·  ${formatMoney(price, formatLocaleOf(language))}` : how;
}

function flow(sheet: Sheet, text: string, x: number, style: TextStyle = {}): void {
  const line = singleLine(text, 300);
  const width = frame.right - x;
  sheet.ensureRoom(sheet.heightOf(line, width));
  sheet.y += sheet.paragraph(line, x, sheet.y, width, style) + 2;
}
