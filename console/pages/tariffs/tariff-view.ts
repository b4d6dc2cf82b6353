import { notFound } from '../../../api/problem';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { queryOf, urlWith } from '../query';
import { seenIn } from '../seen';
import { headFields } from './tariff-fields';
import { tariffInWords, tariffsAddress, tariffUrl, type Tariff } from './tariff-words';
import { zoneFields } from './zone-fields';
import { readPlaceNames, readPlaces } from '../places';

const pageSize = 20;
const today = ({ now }: ConsoleDependencies): string => now().toISOString().slice(0, 10);

/** What carriers ask for their services, and how long they take. What was typed for a new one and refused stays. */
export async function tariffsView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads } = deps;
  const { cursor } = visit.req.method === 'GET' ? queryOf(visit.req, ['cursor']) : {};
  const [page, nameOf] = await Promise.all([
    services.tariffs.list({ limit: pageSize, cursor }),
    readPlaceNames(reads),
  ]);
  const typed = isOfFile(visit) ? {} : visit.form;
  return {
    template: 'tariffs',
    title: 'Tariffs',
    data: {
      url: tariffsAddress,
      mayAdd: visit.may('saveTariff'),
      typed,
      ofFile: isOfFile(visit) ? visit.form : null,
      head: headFields(null, typed),
      zone: { ...zoneFields(null, typed, 'EUR'), at: '/zones/0' },
      tariffs: page.items.map((tariff) => tariffInWords(tariff, today(deps), nameOf)),
      isFirstPage: cursor === undefined,
      firstUrl: tariffsAddress,
      nextUrl: page.nextCursor && urlWith(tariffsAddress, { cursor: page.nextCursor }),
    },
  };
}

/** One form of the page was refused: that with a file, or the other. */
const isOfFile = ({ form }: Visit): boolean => form.isFile !== undefined;

/** One tariff. What was typed and refused stays. */
export async function tariffView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads } = deps;
  const tariff = await services.tariffs.find(String(visit.req.params.id));
  return {
    template: 'tariff',
    title: nameOf(tariff),
    data: {
      tariff: tariffInWords(tariff, today(deps), await readPlaceNames(reads)),
      url: tariffUrl(tariff.id),
      ...seenIn(visit.form, tariff),
      may: { change: visit.may('saveTariff'), remove: visit.may('deleteTariff') },
      isEditing: visit.form.carrier !== undefined,
      ofFile: isOfFile(visit),
      head: headFields(tariff, visit.form),
    },
  };
}

/** One zone of a tariff, to be changed; without a code, one to be added. */
export async function zoneView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads } = deps;
  const [tariff, locations] = await Promise.all([
    services.tariffs.find(String(visit.req.params.id)),
    readPlaces(reads),
  ]);
  const { index, zone } = zoneAt(tariff, visit.req.params.code);
  return {
    template: 'tariff-zone',
    title: zone ? `Zone ${zone.code} · ${nameOf(tariff)}` : `New zone · ${nameOf(tariff)}`,
    data: {
      ...{ tariff, isNew: zone === null, ...seenIn(visit.form, tariff) },
      ...{ url: visit.req.path, tariffUrl: tariffUrl(tariff.id), currency: tariff.currency },
      zone: { ...zoneFields(zone, visit.form, tariff.currency), at: `/zones/${index}` },
      isOnly: tariff.zones.length === 1,
      places: locations,
    },
  };
}

/** The zone of a code and its place; without a code the place after the last. */
export function zoneAt(tariff: Tariff, code: unknown) {
  if (code === undefined) return { index: tariff.zones.length, zone: null };
  const index = tariff.zones.findIndex((zone) => zone.code === code);
  if (index < 0) throw notFound(`The tariff "${tariff.id}" has no zone "${String(code)}"`);
  return { index, zone: tariff.zones[index]! };
}

const nameOf = ({ carrier, service }: Tariff): string => `${carrier} ${service}`;
