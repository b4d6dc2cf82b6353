import type { PaymentProvider } from '../../../ports/payment';

/**
 * Methods without a provider: the money comes by bank transfer before anything ships, was taken by a till, or is paid
 * at the door.
 * Nothing leaves the house here; what came in is reported by people or by the bank's files.
 */
export function createOfflinePayments(): PaymentProvider {
  return {
    code: 'offline',
    methods: ['bankTransfer', 'cashOnDelivery', 'till'],
    authorize: ({ method, key, token }) => {
      if (method === 'bankTransfer') return Promise.resolve({ outcome: 'awaiting' });
      if (method === 'till') return Promise.resolve({ outcome: 'paid', reference: token ?? key });
      return Promise.resolve({ outcome: 'authorized', reference: `door:${key}`, expiresAt: null });
    },
    capture: ({ key }) => Promise.resolve({ outcome: 'done', reference: `offline:${key}` }),
    refund: ({ key }) => Promise.resolve({ outcome: 'done', reference: `offline:${key}` }),
    void: () => Promise.resolve({ outcome: 'nothingToVoid' }),
  };
}
