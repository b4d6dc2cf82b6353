import { createCompanyClient, type CompanyClient } from '../../http/company-client';

/** The provider was not reached, or not in time: whether it took effect is open, so the same key is sent again. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

export const createPaymentSandboxClient = (baseUrl: string, timeoutMs: number): CompanyClient =>
  createCompanyClient({ baseUrl, timeoutMs, Unavailable: ProviderUnavailable });
