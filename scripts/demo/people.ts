import type { Address } from '../../domain/order/types';

export interface Person {
  name: string;
  email: string;
  locale: string;
  address: Omit<Address, 'name'>;
}

/** Customers of our own invention, in real cities. */
export const people = {
  giulia: person('Giulia Ferraris', 'it-IT', 'Via San Vitale 42', '40125', 'Bologna', 'IT', 44.4949, 11.352),
  marco: person('Marco Benassi', 'it-IT', 'Corso Dante 71', '10126', 'Torino', 'IT', 45.0437, 7.6729),
  chiara: person('Chiara Lombardi', 'it-IT', 'Via Cavour 9', '90133', 'Palermo', 'IT', 38.1205, 13.3625),
  luca: person('Luca Zanettin', 'it-IT', 'Via Belenzani 30', '38122', 'Trento', 'IT', 46.0679, 11.1211),
  elena: person('Elena Marchesini', 'it-IT', 'Corso Garibaldi 55', '20121', 'Milano', 'IT', 45.4779, 9.184),
  tommaso: person('Tommaso Grandi', 'it-IT', 'Via dei Neri 18', '50122', 'Firenze', 'IT', 43.7678, 11.2588),
  beatrice: person('Beatrice Costa', 'it-IT', 'Via Balbi 33', '16126', 'Genova', 'IT', 44.4149, 8.9247),
  paolo: person('Paolo Brambati', 'it-IT', 'Via Toledo 210', '80134', 'Napoli', 'IT', 40.8425, 14.2487),
  anneke: person('Anneke Vollmer', 'de-DE', 'Eppendorfer Weg 104', '20259', 'Hamburg', 'DE', 53.5773, 9.9613),
  jonas: person(
    'Jonas Reinhardt',
    'de-DE',
    'Karl-Heine-Straße 62',
    '04229',
    'Leipzig',
    'DE',
    51.3325,
    12.3346,
  ),
  miriam: person('Miriam Kösters', 'de-DE', 'Venloer Straße 318', '50823', 'Köln', 'DE', 50.9497, 6.9169),
  severin: person(
    'Severin Huber',
    'de-DE',
    'Reichenbachstraße 12',
    '80469',
    'München',
    'DE',
    48.1328,
    11.5765,
  ),
  theresa: person('Theresa Haslinger', 'de-AT', 'Sporgasse 16', '8010', 'Graz', 'AT', 47.0727, 15.4396),
  florian: person(
    'Florian Egger',
    'de-AT',
    'Maria-Theresien-Straße 8',
    '6020',
    'Innsbruck',
    'AT',
    47.2654,
    11.3927,
  ),
  valerie: person('Valerie Nowotny', 'de-AT', 'Neubaugasse 40', '1070', 'Wien', 'AT', 48.2009, 16.3497),
  camille: person('Camille Fournel', 'fr-FR', 'Rue Crébillon 7', '44000', 'Nantes', 'FR', 47.2133, -1.5605),
  baptiste: person(
    'Baptiste Lacombe',
    'fr-FR',
    'Rue Sainte-Catherine 85',
    '33000',
    'Bordeaux',
    'FR',
    44.8368,
    -0.5741,
  ),
  sanne: person('Sanne Verhoef', 'nl-NL', 'Oudegracht 211', '3511 NG', 'Utrecht', 'NL', 52.0894, 5.1213),
  pieter: person('Pieter Hoekstra', 'nl-NL', 'Herestraat 57', '9711 LC', 'Groningen', 'NL', 53.2146, 6.5667),
  lotte: person('Lotte Peeters', 'nl-BE', 'Veldstraat 66', '9000', 'Gent', 'BE', 51.0517, 3.7227),
  ines: person('Inês Carvalhal', 'pt-PT', 'Rua das Flores 120', '4050-265', 'Porto', 'PT', 41.1434, -8.6139),
  nuria: person(
    'Núria Salvat',
    'es-ES',
    "Carrer d'Enric Granados 48",
    '08008',
    'Barcelona',
    'ES',
    41.3897,
    2.159,
  ),
  lukasz: person('Łukasz Żurawski', 'pl-PL', 'ulica Józefa 21', '31-056', 'Kraków', 'PL', 50.0503, 19.9447),
  katerina: person('Kateřina Nováčková', 'cs-CZ', 'Kounicova 13', '602 00', 'Brno', 'CZ', 49.2003, 16.6043),
  oliver: person(
    'Oliver Whitcombe',
    'en-IE',
    'Camden Street 29',
    'D02 X576',
    'Dublin',
    'IE',
    53.3347,
    -6.265,
  ),
} satisfies Record<string, Person>;

function person(
  name: string,
  locale: string,
  line1: string,
  postalCode: string,
  city: string,
  country: string,
  lat: number,
  lng: number,
): Person {
  const mailbox = name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/ /g, '.');
  return {
    name,
    email: `${mailbox}@mail.example`,
    locale,
    address: { line1, postalCode, city, country, point: { lat, lng } },
  };
}
