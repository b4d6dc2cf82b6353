import { z } from 'zod';
import type { PaymentNotice, PaymentNoticeReader } from '../../../ports/payment-notice';
import { noticeBody } from './contract';

const kinds: Record<string, PaymentNotice['kind']> = {
  'payment.authorized': 'authorize',
  'payment.declined': 'authorize',
  'payment.captured': 'capture',
  'payment.refunded': 'refund',
  'payment.voided': 'void',
  'payment.disputed': 'dispute',
};

/** What the sandbox provider reports, in our words. */
export const readSandboxNotice: PaymentNoticeReader = (body) => {
  const type = z.object({ type: z.string() }).safeParse(body).data?.type ?? '';
  if (!Object.hasOwn(kinds, type)) return { outcome: 'irrelevant' };
  const read = noticeBody.safeParse(body);
  if (!read.success) return { outcome: 'unreadable', detail: z.prettifyError(read.error).slice(0, 500) };
  const { id, authorization, key, amount, code } = read.data.data;
  const isDeclined = type === 'payment.declined';
  return {
    outcome: 'read',
    notice: {
      kind: kinds[type]!,
      declined: isDeclined
        ? { code: code ?? 'declined', message: 'The provider declined the payment' }
        : null,
      key,
      reference: id,
      authorization,
      amount: { amount: amount.value, currency: amount.currency },
    },
  };
};
