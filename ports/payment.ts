import type { Money } from '../domain/money';
import type { HoldType } from '../domain/order/hold';
import type { TenderMethod } from '../domain/order/types';

/**
 * A payment provider. Every call carries the key of its intent; a provider that meets a key again answers as
 * it did the first time. What a provider may decide is a value; being out of reach throws and is tried again.
 */
export interface PaymentProvider {
  readonly code: string;
  readonly methods: readonly TenderMethod[];
  authorize(request: AuthorizeRequest): Promise<AuthorizeResult>;
  capture(request: MovementRequest): Promise<MovementResult>;
  refund(request: MovementRequest): Promise<MovementResult>;
  /**
   * Gives back what is authorised and not captured, also after the last capture; `nothingToVoid` where the provider has
   * done so by itself. Tolerates an authorisation that never happened.
   */
  void(request: VoidRequest): Promise<VoidResult>;
  /** Lets a part of a hold go, never more than is left of it. Only of what is held in our own books. */
  release?(request: ReleaseRequest): Promise<void>;
}

export interface AuthorizeRequest {
  key: string;
  orderId: string;
  orderNumber: string;
  method: TenderMethod;
  amount: Money;
  token: string | null;
  instalments: number | null;
  /** What somebody agreed to for the order as it was does not cover it. */
  isMore?: true;
}
export type AuthorizeResult =
  | { outcome: 'authorized'; reference: string; expiresAt: string | null }
  /** The money is ours already: there is nothing to capture. */
  | { outcome: 'paid'; reference: string }
  /** The customer still has to send the money; the order waits for it. */
  | { outcome: 'awaiting' }
  /** Not refused: somebody has to agree first, and the order is held until then. */
  | { outcome: 'toAgree'; hold: HoldType; reason: string }
  | { outcome: 'declined'; code: string; message: string };

export interface MovementRequest {
  key: string;
  /** The provider's reference of the authorisation. */
  authorization: string;
  amount: Money;
}
export type MovementResult =
  { outcome: 'done'; reference: string } | { outcome: 'declined'; code: string; message: string };

export interface VoidRequest {
  key: string;
  /** Null when the answer to the authorisation was never heard: the provider finds it by `authorizationKey`. */
  authorization: string | null;
  authorizationKey: string;
}
export interface ReleaseRequest {
  key: string;
  authorizationKey: string;
  amount: Money;
}
export type VoidResult = { outcome: 'voided' } | { outcome: 'nothingToVoid' };
