import { addressLines } from '../../domain/order/address-lines';
import { languageOf, type Language } from '../../domain/language';
import { supplierOrderNumber } from '../../domain/shipping/supplier-order';
import type { ConsoleDependencies, SuppliedWork } from '../dependencies';
import type { View } from '../views';
import { supplierWords } from '../words/supplier-work';
import { brandOf } from './brand';
import { parcelFields, type Work } from './supplier-parcels';

/** Work as its supplier knows it, in the language of its mails. */
export interface SuppliersWork {
  work: Work;
  supplied: SuppliedWork | undefined;
  language: Language;
  words: Record<string, string>;
}

export async function readSuppliersWork({ reads }: ConsoleDependencies, work: Work): Promise<SuppliersWork> {
  const [supplied] = await reads.readDropships([work.id]);
  const language = languageOf(supplied?.supplier?.locale ?? 'en');
  return { work, supplied, language, words: supplierWords[language] };
}

/** What had been filled in, and why it was not taken. */
export interface Sent {
  status?: number;
  problem?: string;
  form?: Record<string, string>;
}

/** The page, and in whose name it is. */
export async function supplierWorkView(
  deps: ConsoleDependencies,
  { work, supplied, language, words }: SuppliersWork,
  token: string,
  { status, problem, form }: Sent,
): Promise<{ view: View; site: string }> {
  const brand = await brandOf(deps, work);
  // As the mail and its order have it.
  const number = supplierOrderNumber(work.orderNumber, work.id);
  const data = {
    ...parcelFields(work, form),
    ...actionsOf(work),
    ...{ work, number, brand, problem, token },
    ...stateOf(work, words),
    address: addressLines(work.recipient, language),
    lines: work.lines.map((line) => ({ ...line, supplierSku: itsSkuOf(supplied, line.lineId) })),
    packages: work.packages.map((parcel) => ({ ...parcel, state: stateWords(words, parcel.status) })),
    slips: work.documents
      .filter(({ kind }) => kind === 'packingSlip')
      .map(({ id }) => ({ url: deps.links.document(id) })),
  };
  return {
    view: { template: 'supplier-work', title: `${words.order} ${number}`, status, data },
    site: brand.name,
  };
}

const stateWords = (words: SuppliersWork['words'], name: string): string => words[`state.${name}`] ?? name;

/** What is waited for; on hold, that nothing is. What was confirmed stays so. */
function stateOf(work: Work, words: SuppliersWork['words']) {
  const isHeld = isOnHold(work);
  const name = isHeld && work.status === 'allocated' ? 'onHold' : work.status;
  return { shown: name, state: stateWords(words, name), held: isHeld ? words[`held.${work.status}`] : null };
}

/** Work that a supplier was shown and that has not left asks for something, unless its order is on hold. */
const isOnHold = ({ status, releasedAt, allowedActions }: Work): boolean =>
  releasedAt !== null && ['allocated', 'picking', 'packed'].includes(status) && allowedActions.length === 0;

/** What is packed for a carrier of ours is not shipped with one of its own. */
function actionsOf({ allowedActions, status }: Work) {
  const [confirm, ship, reject] = (['confirm', 'ship', 'reject'] as const).map((action) =>
    allowedActions.includes(action),
  );
  return {
    can: { confirm, ship: ship && status !== 'packed', reject },
    isOpen: confirm || ship,
    isRefused: status === 'cancelled',
  };
}

const itsSkuOf = (supplied: SuppliedWork | undefined, lineId: string): string | null =>
  supplied?.lines.find((line) => line.lineId === lineId)?.supplierSku ?? null;
