import type { Brand } from '../domain/catalogue/brand';
import type { MailRequest } from '../domain/mails';

/** Words of a mail from its template and data, in the name of a brand. Pure: the same gives the same words. */
export interface MailComposer {
  compose(request: MailRequest, brand?: Brand | null): { subject: string; html: string; text: string };
}
