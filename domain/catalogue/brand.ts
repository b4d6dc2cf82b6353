/** In whose name customers of a channel are written to, and parcels packed. */
export interface Brand {
  sellerName: string;
  /** At the head of mails; the seller's name when left out. */
  logoText?: string;
  /** Where answers to mails go. */
  replyTo?: string;
  /** Of buttons and logo, "#rrggbb". */
  colour?: string;
}
