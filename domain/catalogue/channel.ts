import type { ChannelSettings } from '../order/settings';

/** Where orders come from: a web shop, a marketplace, a till. */
export interface Channel {
  code: string;
  type: string;
  name: string;
  /** What differs from the default treatment of an order. */
  settings: ChannelSettings;
}

/** A channel of this type hands in internal orders: places of ours that order from places of ours. */
export const internalChannelType = 'internal';
