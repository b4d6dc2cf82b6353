/** Why work is not done as asked, by name: pages in any language put it into words of their own. */
export type WorkRefusal =
  // Of the work as a whole.
  | 'onHold'
  | 'notInThisState'
  | 'notShown'
  // Of what was sent.
  | 'labelledByUs'
  | 'contentsMissing'
  | 'piecesDiffer'
  | 'parcelKnown'
  | 'linesUnnamed';
