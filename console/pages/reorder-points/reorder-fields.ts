import type { Services } from '../../../api/services';
import { reorderModes, type ReorderMode } from '../../../domain/stock/reorder';
import { serviceLevels } from '../../../domain/stock/reorder-levels';
import { wholeOf } from '../piece-fields';

type Form = Readonly<Record<string, string>>;
export type ReorderPoint = Awaited<ReturnType<Services['reorder']['listPoints']>>['items'][number];

/** What follows when a place is low. */
export const modeWords: Record<ReorderMode, string> = {
  propose: 'propose a draft',
  send: 'send the order itself',
  off: 'nothing',
};

/** A reorder point as a form has it, to be held against the contract. What is computed is not typed. */
export const reorderOf = (form: Form): Record<string, unknown> => ({
  mode: form.mode,
  ...(form.computed
    ? { computed: true }
    : { ...whole('point', form.point), ...whole('target', form.target) }),
  ...(form.supplierId && { supplierId: form.supplierId }),
  ...(form.owner && { owner: form.owner }),
  ...whole('serviceLevel', form.serviceLevel),
  ...whole('coverDays', form.coverDays),
});

const whole = (name: string, text: string | undefined): object => (text ? { [name]: wholeOf(text) } : {});

/** The same as fields: what was typed before what is so, and what is usual where nothing is. */
export function reorderFields(
  point: ReorderPoint | null,
  form: Form,
  suppliers: readonly { id: string; name: string }[],
) {
  const typed = (field: string, otherwise: string): string => form[field] ?? otherwise;
  const mode = typed('mode', point?.mode ?? 'propose');
  const level = typed('serviceLevel', String(point?.serviceLevel ?? 95));
  const supplierId = typed('supplierId', point?.supplierId ?? '');
  return {
    modes: reorderModes.map((value) => ({ value, label: modeWords[value], isChosen: value === mode })),
    computed: form.mode === undefined ? (point?.computed ?? false) : Boolean(form.computed),
    point: typed('point', point ? String(point.point) : ''),
    target: typed('target', point ? String(point.target) : ''),
    suppliers: suppliers.map(({ id, name }) => ({ value: id, label: name, isChosen: id === supplierId })),
    owner: typed('owner', point?.owner ?? 'purchasing'),
    levels: serviceLevels.map((value) => ({ value, isChosen: String(value) === level })),
    coverDays: typed('coverDays', String(point?.coverDays ?? 30)),
  };
}
