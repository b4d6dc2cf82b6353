import type { OrderThread } from '../thread';

/** Locations that refused work of the order, or to send something for it. */
export const refusalsOf = ({ parts, notSent = [] }: OrderThread): number =>
  parts.filter(({ result }) => result === 'rejected').length +
  notSent.filter(({ isRefused }) => isRefused).length;

/** A person decides then. Orders recorded before there was a limit have none. */
export const areTooMany = (thread: OrderThread): boolean =>
  refusalsOf(thread) >= (thread.settings.refusalsAtMost ?? Infinity);
