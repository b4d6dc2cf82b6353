/** Why the provider declines, in its own words. The codes are part of its wire format. */
export const reasons = {
  cardDeclined: 'The customer’s bank declined the payment',
  captureDeclined: 'The bank declined to pay out the authorised amount',
  refundDeclined: 'The bank does not take the money back',
  notAuthorized: 'There is no authorised payment behind this',
  voided: 'This payment was called off before it was made',
  authorizationExpired: 'The authorisation has expired',
  wrongCurrency: 'The amount is in another currency than the authorisation',
  aboveAuthorized: 'The amount is above what is authorised and neither captured nor voided',
  aboveCaptured: 'The amount is above what was captured and not yet refunded',
} as const;
export type ReasonCode = keyof typeof reasons;

export const declinedFor = (code: string | null) => ({
  status: 'declined' as const,
  code: code ?? 'declined',
  message: code !== null && code in reasons ? reasons[code as ReasonCode] : 'Declined',
});
