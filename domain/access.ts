export const roles = ['admin', 'channel', 'carrier', 'warehouse', 'store', 'support'] as const;
export type Role = (typeof roles)[number];

/** An API key as it is stored: never the key itself, only its keyed hash. */
export interface ApiKey {
  id: string;
  role: Role;
  name: string;
  keyHash: string;
  /** The one channel, carrier or location that the key acts for; null is all of its role. */
  boundTo: string | null;
}
