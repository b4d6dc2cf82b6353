import type { Request, RequestHandler, Response } from 'express';
import { Problem } from '../../../api/problem';
import type { OrderAnswer } from '../../../api/services/orders';
import { languageOf, type Language } from '../../../domain/language';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk } from '../../desk';
import { problemView } from '../../problem-views';
import { customerWords } from '../../words/customer/customer-words';
import { linkHolder } from '../documents';

/** Somebody with the link of an order. */
export interface CustomerVisit {
  req: Request;
  res: Response;
  order: OrderAnswer;
  /** Path of the order's page. */
  url: string;
  language: Language;
  words: Record<string, string>;
}

/** Serves who has a link that we signed, of an order that is there. */
export const withOrder =
  (
    deps: ConsoleDependencies,
    desk: Desk,
    serve: (visit: CustomerVisit) => Promise<void> | void,
  ): RequestHandler =>
  async (req, res) => {
    const token = String(req.params.token);
    const id = deps.links.verify('o', token);
    const order = id && (await findOrder(deps.services.orders, id));
    if (!order) return unknownLink(desk, req, res);
    const language = languageOf(order.customer.locale ?? 'en');
    const url = `/o/${encodeURIComponent(token)}`;
    await serve({ req, res, order, url, language, words: customerWords[language] });
  };

async function findOrder(
  orders: ConsoleDependencies['services']['orders'],
  id: string,
): Promise<OrderAnswer | null> {
  try {
    return await orders.find(linkHolder, id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

function unknownLink(desk: Desk, req: Request, res: Response): void {
  const language = req.acceptsLanguages('it', 'en') === 'it' ? 'it' : 'en';
  const words = customerWords[language];
  desk.sendPublic(req, res, problemView(words.linkUnknown!, words.linkUnknownDetail!, 404), { language });
}
