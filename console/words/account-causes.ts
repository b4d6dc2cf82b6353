const names: Record<string, string> = {
  hold: 'Held for an order',
  release: 'Let go: not supplied, or cancelled',
  capture: 'Owed, for what has left',
  refund: 'Credited for a return',
  payment: 'Payment received',
};

/** What moved an account, in words; a cause that nobody has words for keeps its name. */
export const nameOfEntry = (cause: string): string => (Object.hasOwn(names, cause) ? names[cause]! : cause);
