import { returnBody } from '../../../api/contract/returns';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import { piecesByLine } from '../piece-fields';
import type { CustomerForm } from './customer-form';

/** The customer sends something back. */
export const returnForm = ({ services: { returns } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, form, key }) {
    const lines = piecesByLine(form).map((line) => ({ ...line, reason: form.reason }));
    if (lines.length === 0) return { status: 422, word: 'chooseItems' };
    const { refundTo } = form;
    const body = validate(returnBody, { orderId: order.id, lines, mode: 'parcel', refundTo });
    await returns.request(linkHolder, body, key);
  },
  refused: 'returnRefused',
  anchor: 'returns',
});
