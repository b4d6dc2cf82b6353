import type { Router } from 'express';
import { stockTransferBody } from '../../api/contract/stock-transfers';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import type { View } from '../views';
import { noonOf } from './noon-of';
import { wholeOf } from './piece-fields';
import { readPlaces } from './places';
import { queryOf } from './query';
import { transferUrl } from './transfer-url';
import { transferView } from './transfers';

export const newTransferPath = '/transfers/new';
const rows = [1, 2, 3, 4, 5];
/** So many products of the sender are proposed while a SKU is typed. */
const proposed = 500;
type Form = Readonly<Record<string, string>>;

/** Asking one location to send stock to another: who sends is chosen first, its goods are then proposed. */
export function newTransferPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    newTransferPath,
    desk.page('requestStockTransfer', (visit) => {
      const { sku, ...asked } = queryOf(visit.req, ['fromLocationId', 'sku']);
      return newTransferView(deps, { ...asked, ...(sku && { 'sku.1': sku }) });
    }),
  );
  router.post(
    newTransferPath,
    desk.action(
      'requestStockTransfer',
      async (visit) => {
        const body = validate(stockTransferBody, transferOf(visit.form));
        const { id } = await deps.services.stockTransfers.request(visit.principal, body, visit.requestKey);
        visit.req.params.id = id;
        return {
          notice: 'The transfer is asked for: its pieces are held, and wait to be sent.',
          url: transferUrl(id),
          view: () => transferView(deps, { ...visit, form: {} }),
        };
      },
      (visit) => ({ url: newTransferPath, view: () => newTransferView(deps, visit.form) }),
    ),
  );
}

const filledRows = (form: Form): number[] => rows.filter((n) => (form[`sku.${n}`] ?? '') !== '');

function transferOf(form: Form) {
  const { fromLocationId, toLocationId, expectedFor, reference } = form;
  return {
    ...{ fromLocationId, toLocationId },
    lines: filledRows(form).map((n) => ({ sku: form[`sku.${n}`], quantity: wholeOf(form[`pieces.${n}`]) })),
    ...(expectedFor && { expectedAt: noonOf(expectedFor) }),
    ...(reference && { reference }),
  };
}

/** What was typed and refused stays. */
async function newTransferView({ reads }: ConsoleDependencies, form: Form): Promise<View> {
  const from = form.fromLocationId;
  const [locations, stock] = await Promise.all([
    readPlaces(reads),
    from ? reads.searchStock({ locationId: from, limit: proposed }) : { items: [] },
  ]);
  const choices = (chosen: string | undefined, except?: string) =>
    locations
      .filter(({ id }) => id !== except)
      .map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  const filled = filledRows(form);
  return {
    template: 'transfer-new',
    title: 'New transfer',
    data: {
      ...{ path: newTransferPath, from, typed: form },
      senders: choices(from),
      receivers: choices(form.toLocationId, from),
      goods: stock.items
        .map(({ sku, title, onHand, unsellable, reserved, allocated }) => ({
          ...{ sku, title, free: onHand - unsellable - reserved - allocated },
        }))
        .filter(({ free }) => free > 0),
      // `at`: which line of the transfer a row is, as problems call it.
      rows: rows.map((n) => ({
        ...{ n, at: filled.indexOf(n), sku: form[`sku.${n}`], pieces: form[`pieces.${n}`] },
      })),
    },
  };
}
