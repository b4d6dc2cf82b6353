import type { Router } from 'express';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk } from '../../desk';
import type { Sessions } from '../../sessions';
import { cancelForm } from './cancel-form';
import { changeForm } from './change-form';
import { answerForm, type CustomerForm } from './customer-form';
import { withOrder } from './customer-visit';
import { offerForm } from './offer-form';
import { doWithoutForm, doWithoutLateForm, insteadForm } from './rather-not-wait-forms';
import { returnForm } from './return-form';
import { showOrder } from './show-order';
import { withdrawForm } from './withdraw-form';

/** The customer's own page of an order, behind a signed link. */
export function myOrderPages(
  router: Router,
  deps: ConsoleDependencies,
  desk: Desk,
  sessions: Sessions,
): void {
  const form = (path: string, served: CustomerForm) =>
    router.post(`/o/:token/${path}`, withOrder(deps, desk, answerForm(deps, desk, sessions, served)));

  router.get(
    '/o/:token',
    withOrder(deps, desk, (visit) => showOrder(deps, desk, visit)),
  );
  form('return', returnForm(deps));
  form('offers/:offerId', offerForm(deps));
  form('change', changeForm(deps));
  form('withdraw', withdrawForm(deps));
  form('instead', insteadForm(deps));
  form('do-without', doWithoutForm(deps));
  form('do-without-late', doWithoutLateForm(deps));
  form('cancel', cancelForm(deps));
}
