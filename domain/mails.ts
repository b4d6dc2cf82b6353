import type { DocumentContent, DocumentFormat } from './documents';
import type { ChangeMails } from './mail-data/change-mails';
import type { OfficeMails } from './mail-data/office-mails';
import type { OrderMails } from './mail-data/order-mails';
import type { ShopperMails } from './mail-data/shopper-mails';
import type { SupplierMails } from './mail-data/supplier-mails';

/** The data of each mail, by template. A new mail is a row in one of these and a folder in templates/mails. */
export interface MailData extends OrderMails, ChangeMails, SupplierMails, ShopperMails, OfficeMails {}
export type MailTemplate = keyof MailData;

/** A document that goes with a mail; its file is made when the mail leaves. */
export interface MailAttachment {
  content: DocumentContent;
  format: DocumentFormat;
}

/** A mail waiting in the outbox. */
export type MailRequest = {
  [T in MailTemplate]: {
    template: T;
    to: string;
    locale: string;
    data: MailData[T];
    attachments?: MailAttachment[];
    /** Where one click ends what it was sent for: a POST, and nothing more is asked (RFC 8058). */
    unsubscribeUrl?: string;
    /** Nothing of it is kept once it has left. */
    isErasedOnceSent?: true;
  };
}[MailTemplate];
