import { valueOfPieces } from '../order/totals';

export interface ReturnedLine {
  lineId: string;
  /** Minor units of the whole line, and its pieces. */
  gross: number;
  quantity: number;
  /** Pieces that were cancelled: they never come back. */
  cancelled: number;
  /** Pieces of the line refunded by earlier returns. */
  refundedBefore: number;
  /** Pieces accepted now. */
  acceptedNow: number;
}

/**
 * What a return is worth in minor units: its pieces, and the shipping fee when with it the whole order has come
 * back (Directive 2011/83/EU, article 13: withdrawal from the whole contract reimburses standard delivery).
 */
export function returnValue(request: { lines: readonly ReturnedLine[]; shippingGross: number }): {
  lines: { lineId: string; amount: number }[];
  shipping: number;
  total: number;
} {
  const lines = request.lines.map((line) => ({
    lineId: line.lineId,
    amount: valueOfPieces(line.gross, line.quantity, line.refundedBefore, line.acceptedNow),
  }));
  const isWhole = request.lines.every(
    (line) => line.refundedBefore + line.acceptedNow + line.cancelled === line.quantity,
  );
  const completesNow = isWhole && request.lines.some((line) => line.acceptedNow > 0);
  const shipping = completesNow ? request.shippingGross : 0;
  return { lines, shipping, total: lines.reduce((sum, line) => sum + line.amount, shipping) };
}
