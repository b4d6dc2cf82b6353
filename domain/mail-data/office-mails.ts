import type { MailLine } from './about-order';

/** To ourselves. */
export interface OfficeMails {
  /** To the office: pieces that an order waits for, to be bought or refused. */
  purchaseRequested: {
    url: string;
    owner: string;
    orderNumber: string;
    answerBefore: string;
    lines: MailLine[];
  };
  /** To the office: places that fell to their reorder point, and what was proposed. */
  stockLow: {
    url: string;
    shortages: {
      sku: string;
      title: string;
      location: string;
      position: number;
      point: number;
      quantity: number;
      purchaseOrder: string | null;
    }[];
  };
}
