import type { MailRequest } from '../domain/mails';

/** Words of a mail from its template and data. Pure: the same request gives the same words. */
export interface MailComposer {
  compose(request: MailRequest): { subject: string; html: string; text: string };
}
