import { locationTypes } from '../../../domain/catalogue/location';
import { addressLines, countryName } from '../../../domain/order/address-lines';
import { hoursOn, type LocationCalendar } from '../../../domain/time/calendar';
import { localTime } from '../../../domain/time/local-time';
import type { ConsoleDependencies, Place } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { nameOfState } from '../../words/tones';
import { calendarInWords } from '../calendar-fields';
import { isSearchable, pageFrom, placesLike } from '../place-list';
import { readPlaces } from '../places';
import { queryOf } from '../query';
import { seenIn } from '../seen';
import { workLink } from '../work';
import { assortmentWords, locationFields, shortWords } from './location-fields';
import { locationUrl, setUpAddress } from './location-url';

const pageSize = 50;

/** All locations with what they can do and when. What was typed for a new one and refused stays. */
export async function locationsSetUp({ reads, now }: ConsoleDependencies, visit: Visit): Promise<View> {
  const query = visit.req.method === 'GET' ? queryOf(visit.req, ['q', 'page']) : {};
  const all = await readPlaces(reads);
  const { items, ...pages } = pageFrom(placesLike(all, query.q), setUpAddress, query, pageSize);
  const calendars = await reads.readCalendars(items.map(({ id }) => id));
  return {
    template: 'locations-set-up',
    title: 'Set-up of locations',
    data: {
      url: setUpAddress,
      mayAdd: visit.may('saveLocation'),
      typed: visit.form,
      types: locationTypes.map((value) => ({
        ...{ value, label: nameOfState(value) },
        isChosen: value === visit.form.type,
      })),
      ...{ ...pages, query },
      isSearchable: isSearchable(all),
      rows: items.map((place) => rowOf(place, calendars[place.id], now())),
    },
  };
}

/** A location's facts as a list tells them; its hours are those of today where it stands. */
function rowOf(place: Place, calendar: LocationCalendar | undefined, now: Date) {
  return {
    ...place,
    url: locationUrl(place.id),
    country: countryName(place.address.country, 'en'),
    typeName: nameOfState(place.type),
    can: place.capabilities.map(nameOfState).join(', '),
    hasCalendar: calendar !== undefined,
    hours: calendar && hoursToday(calendar, now),
  };
}

const hoursToday = (calendar: LocationCalendar, now: Date) =>
  hoursOn(calendar, localTime(now.toISOString(), calendar.timeZone).date);

/** One location: where it is, what it can do, when, and how much. What was typed and refused stays. */
export async function locationView({ services, now }: ConsoleDependencies, visit: Visit): Promise<View> {
  const location = await services.catalogue.findLocation(String(visit.req.params.id));
  const { calendar } = location;
  return {
    template: 'location-set-up',
    title: location.name,
    data: {
      ...{ location, url: locationUrl(location.id), workUrl: workLink(visit, location.id) },
      ...seenIn(visit.form, location),
      address: addressLines(location.address, 'en'),
      typeName: nameOfState(location.type),
      can: location.capabilities.map(nameOfState).join(', '),
      carries: assortmentWords[location.assortment ?? 'all'],
      whenShort: shortWords[location.pickupWhenShort ?? 'wait'],
      isPickup: location.capabilities.includes('pickup'),
      calendar: calendar && calendarInWords(calendar, now().toISOString().slice(0, 10)),
      mayEdit: visit.may('saveLocation'),
      fields: locationFields(location, visit.form),
      timeZones: Intl.supportedValuesOf('timeZone'),
    },
  };
}
