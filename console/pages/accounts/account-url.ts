/** Where an account is looked at. */
export const accountUrl = (code: string): string => `/accounts/${encodeURIComponent(code)}`;
