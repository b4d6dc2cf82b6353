export const setUpAddress = '/set-up/locations';

/** Where it is said what a location is and can do. */
export const locationUrl = (id: string): string => `${setUpAddress}/${encodeURIComponent(id)}`;
