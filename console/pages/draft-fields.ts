import type { Services } from '../../api/services';
import { amountOf } from './amount';
import { noonOf } from './noon-of';
import { wholeOf } from './piece-fields';

type PurchaseOrder = Awaited<ReturnType<Services['purchaseOrders']['find']>>;
type Form = Readonly<Record<string, string>>;

/**
 * What a form says that a draft is to be, to be held against the contract. Fields are `quantity.<sku>` (0 takes the
 * line out), `cost.<sku>`, `anyway.<sku>`, `add.<n>.<part>`, `expectedFor` (a day), `reference` and `version`.
 */
export const draftOf = (form: Form, order: PurchaseOrder): Record<string, unknown> => ({
  version: Number(form.version),
  lines: [...keptLines(form, order), ...addedLines(form, order.currency)],
  ...expected(form, order),
  ...(form.reference && { reference: form.reference }),
});

/** The same lines by how the form calls them: a SKU, or `add.<n>`. */
export const lineNames = (form: Form, order: PurchaseOrder): string[] => [
  ...keptOf(form, order).map(({ sku }) => sku),
  ...addedOf(form),
];

const keptOf = (form: Form, { lines }: PurchaseOrder) =>
  lines.filter(({ sku }) => form[`quantity.${sku}`]?.trim() !== '0');

const addedOf = (form: Form): string[] =>
  Object.keys(form)
    .filter((field) => /^add\.\d+\.sku$/.test(field) && form[field] !== '')
    .map((field) => field.slice(0, -'.sku'.length));

function keptLines(form: Form, order: PurchaseOrder): object[] {
  const { currency } = order;
  return keptOf(form, order).map(({ sku, quantity }) => ({
    sku,
    quantity: wholeOf(form[`quantity.${sku}`] ?? String(quantity)),
    ...costOf(form[`cost.${sku}`], currency),
    ...anywayOf(form[`anyway.${sku}`]),
  }));
}

const addedLines = (form: Form, currency: string): object[] =>
  addedOf(form).map((at) => ({
    sku: form[`${at}.sku`],
    quantity: wholeOf(form[`${at}.quantity`] ?? ''),
    ...costOf(form[`${at}.cost`], currency),
    ...anywayOf(form[`${at}.anyway`]),
  }));

const anywayOf = (text: string | undefined): { anyway?: string } => (text ? { anyway: text } : {});

const costOf = (text: string | undefined, currency: string): { unitCost?: object } =>
  text ? { unitCost: amountOf(text, currency) } : {};

/** The same day keeps its time; another one is its noon. */
function expected({ expectedFor }: Form, { expectedAt }: PurchaseOrder): { expectedAt?: string } {
  if (!expectedFor) return {};
  return { expectedAt: expectedFor === dayOf(expectedAt) ? expectedAt! : noonOf(expectedFor) };
}

/** As a date field has it. */
export const dayOf = (at: string | null): string => at?.slice(0, 10) ?? '';
