import { listOf } from '../list-field';
import type { Form } from './zone-fields';
import type { Tariff } from './tariff-words';

/** What a tariff says beside its zones, as a form has it, to be held against the contract. */
export const headOf = (form: Form): Record<string, unknown> => ({
  ...{ carrier: form.carrier, service: form.service, currency: form.currency?.toUpperCase() },
  ...(form.methods && { methods: listOf(form.methods) }),
  validFrom: form.validFrom,
  ...(form.validUntil && { validUntil: form.validUntil }),
});

/** The same as fields: what was typed before what is so. */
export function headFields(tariff: Tariff | null, form: Form) {
  const typed = (field: string, otherwise = ''): string => form[field] ?? otherwise;
  return {
    carrier: typed('carrier', tariff?.carrier),
    service: typed('service', tariff?.service),
    methods: typed('methods', tariff?.methods.join(', ')),
    currency: typed('currency', tariff?.currency ?? 'EUR'),
    validFrom: typed('validFrom', tariff?.validFrom),
    validUntil: typed('validUntil', tariff?.validUntil),
  };
}

/** A tariff as it is taken in. */
export const bodyOf = (tariff: Tariff): Record<string, unknown> => {
  const { carrier, service, methods, currency, validFrom, validUntil, zones } = tariff;
  return { carrier, service, methods, currency, validFrom, ...(validUntil && { validUntil }), zones };
};
