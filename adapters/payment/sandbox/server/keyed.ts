import type { PoolClient } from 'pg';
import type { AuthorizationRow } from './tables';

/** What a call with an idempotency key came to. Only a `new` one may have taken effect just now. */
export type Keyed<Answer> =
  | { outcome: 'new'; answer: Answer; token: string | null }
  | { outcome: 'replayed'; answer: Answer }
  | { outcome: 'keyReused' }
  | { outcome: 'unavailable' }
  | { outcome: 'unknownAuthorization' };

export const keyReused = { outcome: 'keyReused' } as const;
export const unavailable = { outcome: 'unavailable' } as const;
export const unknownAuthorization = { outcome: 'unknownAuthorization' } as const;

/** Tells the customer of the provider what happened, in the transaction in which it happens. */
export type Announce = (
  client: PoolClient,
  told: {
    what: 'authorization' | 'capture' | 'refund' | 'void';
    authorization: AuthorizationRow;
    /** The idempotency key of the call. */
    key: string;
    id: string;
    amount: number;
    now: Date;
  },
) => Promise<void>;
