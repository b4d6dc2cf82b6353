/** What a payment token makes the provider do. A token that is not listed, and none at all, goes well. */
interface Behaviour {
  /** Minor units that an authorisation may ask for at once. */
  limit?: number;
  declines?: readonly Operation[];
  /** Takes effect and then never answers: the first call of each key. */
  hangs?: readonly Operation[];
  /** Answers 503 on the first two calls of each key, without effect. */
  isUnavailableTwice?: readonly Operation[];
}
export type Operation = 'authorize' | 'capture' | 'refund';

const behaviours: Record<string, Behaviour> = {
  tok_up_to_50: { limit: 5_000 },
  tok_declined: { declines: ['authorize'] },
  tok_capture_declined: { declines: ['capture'] },
  tok_refund_declined: { declines: ['refund'] },
  tok_timeout_after_success: { hangs: ['authorize'] },
  tok_capture_timeout_after_success: { hangs: ['capture'] },
  tok_refund_timeout_after_success: { hangs: ['refund'] },
  tok_unavailable_twice: { isUnavailableTwice: ['authorize'] },
  tok_capture_unavailable_twice: { isUnavailableTwice: ['capture'] },
};

const of = (token: string | null): Behaviour => (token === null ? {} : (behaviours[token] ?? {}));

export const declines = (token: string | null, operation: Operation): boolean =>
  of(token).declines?.includes(operation) ?? false;
export const hangs = (token: string | null, operation: Operation): boolean =>
  of(token).hangs?.includes(operation) ?? false;
export const isUnavailableTwice = (token: string | null, operation: Operation): boolean =>
  of(token).isUnavailableTwice?.includes(operation) ?? false;
export const isBeyondLimit = (token: string | null, amount: number): boolean =>
  amount > (of(token).limit ?? Infinity);
