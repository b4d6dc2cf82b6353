import type { Services } from '../../api/services';
import { amountOf } from './amount';
import { wholeOf } from './piece-fields';

type PurchaseOrder = Awaited<ReturnType<Services['purchaseOrders']['find']>>;
type Form = Readonly<Record<string, string>>;

/**
 * What a form says that a draft is to be, to be held against the contract. Fields are `quantity.<sku>` (0 takes the
 * line out), `cost.<sku>`, `add.<n>.<part>`, `expectedFor` (a day), `reference` and `version`.
 */
export const draftOf = (form: Form, order: PurchaseOrder): Record<string, unknown> => ({
  version: Number(form.version),
  lines: [...keptLines(form, order), ...addedLines(form, order.currency)],
  ...expected(form, order),
  ...(form.reference && { reference: form.reference }),
});

function keptLines(form: Form, { lines, currency }: PurchaseOrder): object[] {
  return lines
    .filter(({ sku }) => form[`quantity.${sku}`]?.trim() !== '0')
    .map(({ sku, quantity }) => ({
      sku,
      quantity: wholeOf(form[`quantity.${sku}`] ?? String(quantity)),
      ...costOf(form[`cost.${sku}`], currency),
    }));
}

const addedLines = (form: Form, currency: string): object[] =>
  Object.keys(form)
    .filter((field) => /^add\.\d+\.sku$/.test(field) && form[field] !== '')
    .map((field) => {
      const at = field.slice(0, -'.sku'.length);
      return {
        sku: form[field],
        quantity: wholeOf(form[`${at}.quantity`] ?? ''),
        ...costOf(form[`${at}.cost`], currency),
      };
    });

const costOf = (text: string | undefined, currency: string): { unitCost?: object } =>
  text ? { unitCost: amountOf(text, currency) } : {};

/** The same day keeps its time; another one is its noon, UTC: whatever the time zone, it is that day. */
function expected({ expectedFor }: Form, { expectedAt }: PurchaseOrder): { expectedAt?: string } {
  if (!expectedFor) return {};
  return { expectedAt: expectedFor === dayOf(expectedAt) ? expectedAt! : `${expectedFor}T12:00:00Z` };
}

/** As a date field has it. */
export const dayOf = (at: string | null): string => at?.slice(0, 10) ?? '';
