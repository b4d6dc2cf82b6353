import type { ConsoleDependencies } from '../../dependencies';
import type { Desk } from '../../desk';
import { brandOf } from '../brand';
import { linkHolder } from '../documents';
import type { CustomerVisit } from './customer-visit';
import { isWithUs } from './customer-rights';
import { endedOffersOf, offersOf } from './offers';
import { pageOf } from './page-of';
import { whereTo } from './where-to';

/** The page, with what went wrong if something did. */
export async function showOrder(
  deps: ConsoleDependencies,
  desk: Desk,
  { req, res, order, language, words }: CustomerVisit,
  answer: { status?: number; problem?: string } = {},
): Promise<void> {
  const [offers, brand, places] = await Promise.all([
    deps.services.offers.list(linkHolder, order.id, language),
    brandOf(deps, order),
    whereTo(deps, order, language),
  ]);
  const hasWaitingOffer = offers.some(
    ({ status, fulfillmentId }) => status === 'open' && fulfillmentId === null,
  );
  desk.sendPublic(
    req,
    res,
    {
      template: 'my-order',
      title: `${words.order} ${order.number}`,
      status: answer.status,
      data: {
        ...pageOf(deps, order, language, hasWaitingOffer),
        ...places,
        offers: offersOf(offers),
        hasLateOffer: offers.some(({ status, fulfillmentId }) => status === 'open' && fulfillmentId !== null),
        hasWaitingOffer,
        ended: isWithUs(order) ? endedOffersOf(offers) : [],
        brand,
        problem: answer.problem,
        token: req.params.token,
      },
    },
    { language, words, site: brand.name },
  );
}
