import type { PurchaseOrderContent } from '../../../domain/documents';

/** A purchase order as CSV (RFC 4180, UTF-8), one row a line; costs in minor units with their currency. */
export function purchaseOrderCsv(content: PurchaseOrderContent): string {
  const rows = content.lines.map((line) => [
    content.number,
    line.sku,
    line.supplierSku ?? '',
    line.title,
    `${line.quantity}`,
    line.unitCost ? `${line.unitCost.amount}` : '',
    line.unitCost?.currency ?? '',
    content.expectedAt,
  ]);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const columns = [
  'purchaseOrder',
  'sku',
  'supplierSku',
  'title',
  'quantity',
  'unitCostMinor',
  'currency',
  'expectedAt',
];

/** Spreadsheets take a text that begins so for a formula: an apostrophe keeps it a text. */
const formula = /^[=+\-@\t\r]/;

const cell = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};
