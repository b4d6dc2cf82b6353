/** What is wrong with a rule set, where (RFC 6901), and what to do. */
export interface RuleProblem {
  pointer: string;
  detail: string;
}

/** What rules may refer to; what is left out is not checked. */
export interface KnownReferences {
  locationIds?: readonly string[];
  channels?: readonly string[];
  /** Of the tariffs that are kept. */
  tariffCurrencies?: readonly string[];
}
