import {
  carrierEventsBody,
  carrierEventsOut,
  carrierParams,
  paymentNoticeBody,
  paymentNoticeOut,
  providerParams,
} from '../contract/outside';
import type { ApiDependencies } from '../dependencies';
import type { Role } from '../../domain/access';
import { defineOperation, type Operation, type Signer } from '../operation';
import { forbidden } from '../problem';
import type { Services } from '../services';

/** What carriers and payment providers report. */
export const outsideOperations = (
  { carriers }: Services,
  { store, settings }: ApiDependencies,
): Operation[] => [
  defineOperation({
    id: 'recordCarrierEvents',
    tag: 'From outside',
    summary: 'What happened to parcels',
    description:
      'With a key of the role carrier, or signed (Standard Webhooks). Duplicated, late and unordered events do no harm.',
    method: 'post',
    path: '/v1/carriers/{code}/events',
    signer: ({ code }) => signerOf('carrier', code, settings.carrierSecrets),
    params: carrierParams,
    body: carrierEventsBody,
    hasEffects: true,
    responses: { 200: { description: 'An answer for each event', schema: carrierEventsOut } },
    async handle({ principal, params: { code }, body }) {
      if (principal.boundTo !== null && principal.role === 'carrier' && principal.boundTo !== code)
        throw forbidden(`This key speaks for the carrier "${principal.boundTo}" alone`);
      return { status: 200, body: await carriers.recordEvents(code, body) };
    },
  }),
  defineOperation({
    id: 'recordPaymentNotice',
    tag: 'From outside',
    summary: 'What a payment provider reports',
    description: 'Signed (Standard Webhooks). The same notice twice is one.',
    method: 'post',
    path: '/v1/webhooks/payments/{provider}',
    signer: ({ provider }) => signerOf('admin', provider, settings.paymentSecrets),
    needsSignature: true,
    params: providerParams,
    body: paymentNoticeBody,
    responses: { 200: { description: 'Acknowledged', schema: paymentNoticeOut } },
    async handle({ params: { provider }, body, headers }) {
      const id = String(headers['webhook-id']);
      const { outcome } = await store.recordPaymentNotice({ provider, id, type: body.type, payload: body });
      return { status: 200, body: { outcome } };
    },
  }),
];

function signerOf(role: Role, name: string, secrets: Record<string, string>): Signer | undefined {
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  return secret === undefined ? undefined : { role, name, secret };
}
