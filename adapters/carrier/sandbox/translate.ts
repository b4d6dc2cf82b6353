import type { z } from 'zod';
import type { Address } from '../../../domain/order/types';
import type { BookingRequest, BookingResult } from '../../../ports/carrier';
import { bookingAnswer, type BookingBody, cancellationAnswer, handoverAnswer } from './contract';
import type { HttpAnswer } from '../../http/company-client';

/** An answer that this adapter does not know. Its caller throws: we cannot say what the carrier will do. */
export interface Unexpected {
  outcome: 'unexpected';
  detail: string;
}

export function toBookingBody(request: BookingRequest): BookingBody {
  const { direction, orderNumber, sender, recipient, parcels, eventsUrl } = request;
  // The carrier knows two services. Whatever a channel calls its delivery is the cheaper one unless it says so.
  const service = request.service === 'express' ? 'express' : 'standard';
  return {
    direction,
    service,
    reference: orderNumber,
    from: toParty(sender),
    to: toParty(recipient),
    parcels,
    eventsUrl,
  };
}

const toParty = ({ name, line1, line2, postalCode, city, country }: Address): BookingBody['from'] => ({
  name,
  street: line2 ? `${line1}, ${line2}` : line1,
  postalCode,
  city,
  country,
});

export function fromBooking(answer: HttpAnswer): BookingResult | Unexpected {
  const read = readAs(bookingAnswer, answer, { booked: 201, refused: 422 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  if (read.status === 'refused') return { outcome: 'refused', code: read.code, message: read.message };
  return { outcome: 'booked', parcels: read.parcels };
}

export function fromCancellation(
  answer: HttpAnswer,
): { outcome: 'cancelled' } | { outcome: 'nothingToCancel' } | Unexpected {
  const read = readAs(cancellationAnswer, answer, { cancelled: 200, nothingToCancel: 200 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  return { outcome: read.status };
}

export function fromHandover(answer: HttpAnswer): { outcome: 'accepted' } | Unexpected {
  const read = readAs(handoverAnswer, answer, { accepted: 200 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  return { outcome: 'accepted' };
}

/** Believes a body only together with the HTTP status that belongs to it. */
function readAs<Known extends { status: string }>(
  shape: z.ZodType<Known>,
  { status, body }: HttpAnswer,
  httpStatusOf: Record<Known['status'], number>,
): Known | { status: 'unexpected'; detail: string } {
  const read = shape.safeParse(body);
  if (read.success && httpStatusOf[read.data.status as Known['status']] === status) return read.data;
  return { status: 'unexpected', detail: `HTTP ${status} with ${JSON.stringify(body)?.slice(0, 300)}` };
}
