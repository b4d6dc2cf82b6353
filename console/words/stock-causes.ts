const names: Record<string, string> = {
  receipt: 'received',
  count: 'counted',
  adjustment: 'corrected',
  transfer: 'moved',
  quarantine: 'put aside',
  reinstate: 'found good',
  scrap: 'thrown away',
  incoming: 'announced',
  safetyStock: 'safety stock set',
  transferRequested: 'held for a transfer',
  transferShipped: 'sent by a transfer',
  transferReceived: 'received from a transfer',
  transferLost: 'lost on a transfer',
  transferCancelled: 'freed by a cancelled transfer',
  allocation: 'allocated',
  cancellation: 'freed by a cancellation',
  rejection: 'freed by a refusal',
  deadline: 'freed by a deadline',
  shipment: 'left the house',
  return: 'came back',
};

/** Why stock changed, for people; a cause without words is shown as it is. */
export const nameOfCause = (cause: string): string => names[cause] ?? cause;
