/** What can be sold of a SKU by a channel. */
export interface AvailabilityItem {
  sku: string;
  available: number;
}

/** One message to a channel. */
export interface AvailabilityEvent {
  channel: string;
  /** Grows with each message to the channel; one that was tried and not taken leaves a gap. */
  sequence: number;
  /** `snapshot`: a part of everything there is. */
  kind: 'changes' | 'snapshot';
  /** The last part of a snapshot. */
  isLast: boolean;
  items: AvailabilityItem[];
  /** When the figures were true. */
  at: string;
}

/** Names a message: sent again it would be another one, since its figures are newer. */
export const eventIdOf = ({ channel, sequence }: Pick<AvailabilityEvent, 'channel' | 'sequence'>): string =>
  `availability:${channel}:${sequence}`;

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** How long to leave a channel alone that refused so many times in a row: 1 s, 2 s, 4 s, a minute at most. */
export const retryWaitMs = (failures: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(Math.max(0, failures - 1), 10));
