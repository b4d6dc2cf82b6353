import type { Services } from '../../../api/services';
import { decimalOf } from '../../../domain/amount-text';
import { seenOf } from '../../../api/seen';
import { itemTerms } from '../../../api/services/suppliers';
import { expectedFrom } from '../../../domain/purchasing/lead-time';
import { languageOf } from '../../../domain/language';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { languageNames } from '../../words/languages';
import { queryOf, urlWith, whereOf } from '../query';
import { calendarFields, calendarInWords } from '../calendar-fields';
import { seenIn } from '../seen';
import { supplierUrl } from './supplier-url';
import { readPlaces } from '../places';

const pageSize = 100;

type Item = Awaited<ReturnType<Services['suppliers']['listItems']>>['items'][number];

/** One supplier: its terms, when it works, and what it sells. What was typed and refused stays. */
export async function supplierView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads, now } = deps;
  const id = String(visit.req.params.id);
  const query = queryOf(visit.req, ['cursor']);
  const { cursor } = query;
  const [supplier, items, locations] = await Promise.all([
    services.suppliers.find(id),
    services.suppliers.listItems(id, { limit: pageSize, cursor }),
    readPlaces(reads),
  ]);
  const at = now().toISOString();
  const { form } = visit;
  const typed = (field: string, otherwise: string): string => form[field] ?? otherwise;
  const url = supplierUrl(id);
  return {
    template: 'supplier',
    title: supplier.name,
    data: {
      ...{ supplier, url, where: whereOf(query), ...seenIn(form.name === undefined ? {} : form, supplier) },
      locationName: locations.find((each) => each.id === supplier.locationId)?.name,
      language: languageNames[languageOf(supplier.locale)],
      expectedAt: expectedFrom(supplier, at),
      calendar: supplier.calendar && calendarInWords(supplier.calendar, at.slice(0, 10)),
      may: { edit: visit.may('saveSupplier'), sell: visit.may('saveSupplierItem') },
      isEditing: form.name !== undefined,
      fields: {
        name: typed('name', supplier.name),
        email: typed('email', supplier.email ?? ''),
        locale: typed('locale', supplier.locale),
        leadTimeDays: typed('leadTimeDays', String(supplier.leadTimeDays)),
        overPercent: typed('overPercent', String(supplier.overPercent)),
        hasCalendar: form.name === undefined ? supplier.calendar !== undefined : Boolean(form.hasCalendar),
        ...calendarFields(supplier.calendar, form),
      },
      locations: locations.map((each) => ({
        ...{ value: each.id, label: each.name },
        isChosen: each.id === typed('locationId', supplier.locationId ?? ''),
      })),
      timeZones: Intl.supportedValuesOf('timeZone'),
      rows: items.items.map(itemRow),
      isFirstPage: cursor === undefined,
      firstUrl: url,
      nextUrl: items.nextCursor && urlWith(url, { cursor: items.nextCursor }),
    },
  };
}

const itemRow = (item: Item) => ({
  ...item,
  seen: seenOf(itemTerms(item)),
  costText: item.cost ? decimalOf(item.cost) : '',
});
