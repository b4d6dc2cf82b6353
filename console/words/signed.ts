/** A change of pieces, with its sign. */
export const signed = (pieces: number): string => `${pieces > 0 ? '+' : '−'}${Math.abs(pieces)}`;
