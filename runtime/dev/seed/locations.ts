import type { Location, LocationCapability, LocationType } from '../../../domain/catalogue/location';
import type { Address } from '../../../domain/order/types';

const hourMs = 3_600_000;

type Place = Pick<Address, 'line1' | 'postalCode' | 'city' | 'country' | 'phone' | 'point'>;

/** Cima & Lago: goods for kitchen, home and trail, from the Alps to the North Sea. Places are real, houses are not. */
export const demoLocations: Location[] = [
  location('verona-warehouse', 'warehouse', 'Verona distribution centre', ['ship', 'returns'], 10, 24, {
    line1: 'Via della Logistica 14',
    postalCode: '37137',
    city: 'Verona',
    country: 'IT',
    phone: '+39 045 555 0110',
    point: { lat: 45.405, lng: 10.925 },
  }),
  location('venlo-warehouse', 'warehouse', 'Venlo distribution centre', ['ship', 'returns'], 20, 24, {
    line1: 'Handelsweg 88',
    postalCode: '5928 RL',
    city: 'Venlo',
    country: 'NL',
    phone: '+31 77 555 0120',
    point: { lat: 51.398, lng: 6.11 },
  }),
  location('milano-store', 'store', 'Milano Brera', ['ship', 'pickup', 'returns'], 50, 8, {
    line1: 'Via dei Fiori Chiari 21',
    postalCode: '20121',
    city: 'Milano',
    country: 'IT',
    phone: '+39 02 555 0130',
    point: { lat: 45.4726, lng: 9.186 },
  }),
  location('muenchen-store', 'store', 'München Glockenbach', ['ship', 'pickup', 'returns'], 50, 8, {
    line1: 'Müllerstraße 46',
    postalCode: '80469',
    city: 'München',
    country: 'DE',
    phone: '+49 89 555 0140',
    point: { lat: 48.1312, lng: 11.5697 },
  }),
  location('wien-store', 'store', 'Wien Neubau', ['ship', 'pickup', 'returns'], 50, 8, {
    line1: 'Lindengasse 31',
    postalCode: '1070',
    city: 'Wien',
    country: 'AT',
    phone: '+43 1 555 0150',
    point: { lat: 48.2013, lng: 16.3486 },
  }),
  location('lyon-store', 'store', "Lyon Presqu'île", ['ship', 'pickup', 'returns'], 50, 8, {
    line1: 'Rue Mercière 18',
    postalCode: '69002',
    city: 'Lyon',
    country: 'FR',
    phone: '+33 4 55 55 01 60',
    point: { lat: 45.7623, lng: 4.833 },
  }),
  location('solingen-blades', 'supplier', 'Klingenwerk Solingen', ['ship', 'returns'], 70, 48, {
    line1: 'Schleiferstraße 7',
    postalCode: '42651',
    city: 'Solingen',
    country: 'DE',
    phone: '+49 212 555 0170',
    point: { lat: 51.1734, lng: 7.0845 },
  }),
  location('aveiro-ceramics', 'supplier', 'Olaria da Ria', ['ship', 'returns'], 80, 48, {
    line1: 'Rua do Barro 52',
    postalCode: '3810-156',
    city: 'Aveiro',
    country: 'PT',
    phone: '+351 234 555 018',
    point: { lat: 40.6405, lng: -8.6538 },
  }),
];

function location(
  id: string,
  type: LocationType,
  name: string,
  capabilities: LocationCapability[],
  priority: number,
  actWithinHours: number,
  place: Place,
): Location {
  const address = { name: `Cima & Lago · ${name}`, ...place };
  const facts = { id, type, name, address, capabilities, priority, actWithinMs: actWithinHours * hourMs };
  // What a store does not have the others send it.
  return type === 'store' ? { ...facts, pickupWhenShort: 'send' } : facts;
}
