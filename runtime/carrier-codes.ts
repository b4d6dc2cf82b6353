import { code as sandboxCarrier } from '../adapters/carrier/sandbox';

/** Of the carriers that activities book with. */
export const carrierCodes = [sandboxCarrier] as const;
