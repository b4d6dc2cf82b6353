/** Working days that a parcel is under way. */
export interface Transit {
  service: string;
  min: number;
  max: number;
}

type Days = readonly [min: number, max: number];

/** What is reckoned with where no carrier has told its times: within a country, and to another. */
const defaults: Readonly<Record<string, { home: Days; abroad: Days }>> = {
  sameDay: { home: [0, 0], abroad: [1, 3] },
  express: { home: [1, 1], abroad: [1, 3] },
  standard: { home: [1, 3], abroad: [3, 6] },
  economy: { home: [3, 5], abroad: [5, 10] },
};

/** The transit of a shipping method on a lane; a method that only the channel knows counts as standard. */
export function transitOf(service: string, lane: { from: string; to: string }): Transit {
  const days = Object.hasOwn(defaults, service) ? defaults[service]! : defaults.standard!;
  const [min, max] = lane.from === lane.to ? days.home : days.abroad;
  return { service, min, max };
}
