import type { Address } from '../../../domain/order/types';
import type { Language } from '../../../domain/language';
import { addressLines } from '../../../domain/order/address-lines';
import { singleLine } from '../../../domain/single-line';
import { colour, frame, frameWidth, type Sheet } from './sheet';

/** Seller on the left, kind of document on the right, a rule below: the head of the first page. */
export function drawHeading(sheet: Sheet, seller: string, title: string): void {
  sheet.line(singleLine(seller), frame.left, sheet.y, 260, { font: 'bold', size: 17, colour: colour.accent });
  sheet.line(title, frame.right - 230, sheet.y + 4, 230, { size: 13, colour: colour.muted, align: 'right' });
  sheet.rule(sheet.y + 28, colour.accent, 1.4);
  sheet.y += 44;
}

/** The same in small, for the pages after the first. */
export function drawRunningHead(sheet: Sheet, left: string, right: string): void {
  const style = { size: 8, colour: colour.muted };
  sheet.line(left, frame.left, sheet.y, 300, style);
  sheet.line(right, frame.right - 190, sheet.y, 190, { ...style, align: 'right' });
  sheet.rule(sheet.y + 14, colour.accent, 1);
  sheet.y += 28;
}

/** Captions over values, side by side in columns of the same width. */
export function drawFacts(sheet: Sheet, facts: [caption: string, value: string][]): void {
  const width = frameWidth / facts.length;
  facts.forEach(([caption, value], index) => {
    const x = frame.left + index * width;
    sheet.line(caption, x, sheet.y, width - 12, { size: 7.5, colour: colour.muted });
    sheet.line(singleLine(value), x, sheet.y + 11, width - 12, { font: 'bold', size: 10 });
  });
  sheet.y += 38;
}

/** Two addresses side by side. */
export function drawAddresses(
  sheet: Sheet,
  language: Language,
  addresses: [caption: string, Address][],
): void {
  const width = frameWidth / 2;
  const bottoms = addresses.map(([caption, address], index) => {
    const x = frame.left + index * width;
    sheet.line(caption, x, sheet.y, width - 16, { size: 7.5, colour: colour.muted });
    let y = sheet.y + 12;
    addressLines(address, language).forEach((line, row) => {
      y += sheet.paragraph(singleLine(line, 160), x, y, width - 16, { font: row === 0 ? 'bold' : 'regular' });
    });
    return y;
  });
  sheet.y = Math.max(...bottoms) + 16;
}

/** A caption over a block that belongs together. */
export function drawCaption(sheet: Sheet, text: string): void {
  sheet.line(text, frame.left, sheet.y, frameWidth, { font: 'bold', size: 10, colour: colour.accent });
  sheet.y += 17;
}

/** A customer's or clerk's note, in its own words. */
export function drawNote(sheet: Sheet, caption: string, note: string | undefined): void {
  if (!note?.trim()) return;
  const text = singleLine(note, 1500);
  const height = sheet.heightOf(text, frameWidth - 24) + 34;
  sheet.ensureRoom(height + 10);
  sheet.pdf.roundedRect(frame.left, sheet.y, frameWidth, height, 4).fill(colour.tint);
  sheet.line(caption, frame.left + 12, sheet.y + 9, frameWidth - 24, {
    font: 'bold',
    size: 8,
    colour: colour.muted,
  });
  sheet.paragraph(text, frame.left + 12, sheet.y + 23, frameWidth - 24);
  sheet.y += height + 12;
}
