/** Pieces of one SKU that a transfer brings, or would, to lines for which it was asked. */
export interface Bringing {
  transferId: string;
  /** Still to come. */
  quantity: number;
  /** They have left, and cannot be called off. */
  isUnderWay: boolean;
}

/** Pieces of a line that wait, and the transfers that were asked for them. */
export interface Awaiting {
  claimId: number;
  quantity: number;
  transferIds: readonly string[];
}

export interface MeantPieces {
  transferId: string;
  claimId: number;
  quantity: number;
}

/**
 * Which pieces of transfers are meant for which line: no more than it still waits for. What is under way counts first, then
 * the larger transfer, so that what nobody needs any more has not left, and few transfers remain. The rest of a transfer
 * is for nobody.
 */
export function shareMeant(bringing: readonly Bringing[], awaiting: readonly Awaiting[]): MeantPieces[] {
  const wanted = new Map(awaiting.map(({ claimId, quantity }) => [claimId, quantity]));
  const claims = [...awaiting].sort((a, b) => a.claimId - b.claimId);
  return [...bringing].sort(firstUnderWay).flatMap(({ transferId, quantity }) => {
    let left = quantity;
    return claims.flatMap(({ claimId, transferIds }) => {
      if (!transferIds.includes(transferId)) return [];
      const pieces = Math.min(left, wanted.get(claimId)!);
      left -= pieces;
      wanted.set(claimId, wanted.get(claimId)! - pieces);
      return pieces > 0 ? [{ transferId, claimId, quantity: pieces }] : [];
    });
  });
}

/** Pieces of transfers that have not left and that nobody needs: they need not be sent. */
export function notNeeded(
  bringing: readonly Bringing[],
  awaiting: readonly Awaiting[],
): { transferId: string; quantity: number }[] {
  const shares = shareMeant(bringing, awaiting);
  return bringing.flatMap(({ transferId, quantity, isUnderWay }) => {
    if (isUnderWay) return [];
    const meant = shares
      .filter((share) => share.transferId === transferId)
      .reduce((sum, share) => sum + share.quantity, 0);
    return meant < quantity ? [{ transferId, quantity: quantity - meant }] : [];
  });
}

const firstUnderWay = (a: Bringing, b: Bringing): number =>
  Number(b.isUnderWay) - Number(a.isUnderWay) ||
  b.quantity - a.quantity ||
  (a.transferId < b.transferId ? -1 : 1);
