import { createHash } from 'node:crypto';
import { Problem } from '../../../api/problem';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk } from '../../desk';
import { formOf } from '../../form';
import type { Sessions } from '../../sessions';
import type { CustomerVisit } from './customer-visit';
import { showOrder } from './show-order';

/** What a form of the page said. */
export interface SentForm extends CustomerVisit {
  form: Record<string, string>;
  /** Names what was asked for; the same form sent twice has the same. */
  key: string;
}

/** Why it was not done: one of the customer's words. */
export interface Refusal {
  status: number;
  word: string;
}

export interface CustomerForm {
  perform(sent: SentForm): Promise<Refusal | void>;
  /** The word for whatever is refused further in. */
  refused: string;
  /** Part of the page that tells of it. */
  anchor?: string;
}

/** Does what the form asks for and leads back to the page, or shows the page with the reason why not. */
export const answerForm =
  (deps: ConsoleDependencies, desk: Desk, sessions: Sessions, { perform, refused, anchor }: CustomerForm) =>
  async (visit: CustomerVisit): Promise<void> => {
    const { req, res, order, url, words } = visit;
    const form = formOf(req);
    const refuse = ({ status, word }: Refusal) =>
      showOrder(deps, desk, visit, { status, problem: words[word] });
    if (!sessions.isOwnForm(req, form.csrf, 'browser')) return refuse({ status: 403, word: 'formOld' });
    try {
      const refusal = await perform({ ...visit, form, key: keyOf(order.id, form.formKey) });
      if (refusal) return await refuse(refusal);
      res.redirect(303, anchor ? `${url}#${anchor}` : url);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await refuse({ status: error.status, word: refused });
    }
  };

const keyOf = (orderId: string, formKey: unknown): string =>
  `link:${createHash('sha256')
    .update(`${orderId}:${String(formKey)}`)
    .digest('hex')
    .slice(0, 32)}`;
