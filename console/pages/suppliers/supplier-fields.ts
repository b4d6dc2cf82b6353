import type { Services } from '../../../api/services';
import { amountOf } from '../amount';
import { wholeOf } from '../piece-fields';
import { calendarOf } from '../calendar-fields';

type Supplier = Awaited<ReturnType<Services['suppliers']['find']>>;
type Form = Readonly<Record<string, string>>;

/** Terms as a form has them, to be held against the contract; the calendar only where `hasCalendar` is ticked. */
export const supplierOf = (form: Form): Record<string, unknown> => ({
  name: form.name,
  ...(form.email && { email: form.email }),
  ...(form.locale && { locale: form.locale }),
  ...(form.locationId && { locationId: form.locationId }),
  currency: form.currency?.toUpperCase(),
  leadTimeDays: wholeOf(form.leadTimeDays),
  ...(form.overPercent && { overPercent: wholeOf(form.overPercent) }),
  ...(form.hasCalendar && { calendar: calendarOf(form) }),
});

/** What it sells of a SKU, to be held against the contract. */
export const itemOf = (form: Form, { currency }: Supplier): Record<string, unknown> => ({
  ...(form.supplierSku && { supplierSku: form.supplierSku }),
  ...(form.cost && { cost: amountOf(form.cost, currency) }),
  ...(form.packSize && { packSize: wholeOf(form.packSize) }),
  ...(form.minimumQuantity && { minimumQuantity: wholeOf(form.minimumQuantity) }),
});
