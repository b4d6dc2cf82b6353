/** Addresses that leave the house: in mails, and for carriers and providers to report to. */
export interface Links {
  /** Signed link to the customer's page of an order. */
  orderPage(orderId: string): string;
  /** Signed link to the page on which a supplier answers for its work. */
  supplierWork(fulfillmentId: string): string;
  /** Signed link to the page of a stock alert. */
  stockAlert(id: string): string;
  /** Signed link to a document. */
  document(documentId: string): string;
  carrierEvents(carrier: string): string;
  paymentWebhook(provider: string): string;
}
