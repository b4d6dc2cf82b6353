/** Why a location cannot do its work, as far as something follows from it. */
export const rejectionReasons = ['outOfStock', 'damaged', 'cannotPickInTime', 'other'] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What is wrong with the stock: nothing is left beyond what other orders hold, or these pieces cannot be sold. */
export type StockFinding = 'missing' | 'damaged';

const words: Record<RejectionReason, string> = {
  outOfStock: 'not in stock',
  damaged: 'damaged',
  cannotPickInTime: 'cannot be picked in time',
  other: 'cannot be done here',
};

export interface Rejection {
  code: RejectionReason;
  /** For people: what was said in free words, else what the code means. */
  words: string;
  finding: StockFinding | null;
}

/** A reason is one of the codes, with or without more to say, or free words alone: these are `other`. */
export function rejectionOf(reason: string, text?: string): Rejection {
  const code = rejectionReasons.find((each) => each === reason);
  if (code === undefined) return { code: 'other', words: reason, finding: null };
  return {
    code,
    words: text === undefined ? words[code] : `${words[code]}: ${text}`,
    finding: findingOf(code),
  };
}

function findingOf(code: RejectionReason): StockFinding | null {
  if (code === 'outOfStock') return 'missing';
  return code === 'damaged' ? 'damaged' : null;
}
