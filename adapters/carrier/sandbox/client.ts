import { createCompanyClient, type CompanyClient } from '../../http/company-client';

/** The carrier was not reached, or not in time: whether it took effect is open, so the same key is sent again. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}

export const createCarrierSandboxClient = (baseUrl: string, timeoutMs: number): CompanyClient =>
  createCompanyClient({ baseUrl, timeoutMs, Unavailable: CarrierUnavailable });
