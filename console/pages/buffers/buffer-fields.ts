import type { Services } from '../../../api/services';
import { wholeOf } from '../piece-fields';

type Form = Readonly<Record<string, string>>;
export type Buffer = Awaited<ReturnType<Services['buffers']['list']>>['items'][number];

const scope = ['channel', 'locationId', 'category', 'sku'] as const;

/** A buffer as a form has it, to be held against the contract; what is left empty is not looked at. */
export const bufferOf = (form: Form): Record<string, unknown> => ({
  ...Object.fromEntries(scope.flatMap((name) => (form[name] ? [[name, form[name]]] : []))),
  pieces: wholeOf(form.pieces),
});

/** An id that tells what a buffer is for, where nobody named one. */
export const bufferIdOf = (form: Form): string =>
  [form.sku || form.category || 'all-goods', form.locationId, form.channel]
    .filter(Boolean)
    .join('-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100) || 'buffer';
