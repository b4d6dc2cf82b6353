/** To shoppers who have ordered nothing. */
export interface ShopperMails {
  /** To an address somebody gave: whether its owner wants to be told when something is back. */
  stockAlertAsked: { sku: string; title: string; url: string };
  /** What somebody waited for can be had again; the link of a product is empty where none was given. */
  stockBack: { items: { sku: string; title: string; productUrl: string | null }[]; url: string };
}
