import {
  carrierEventsBody,
  carrierEventsOut,
  carrierParams,
  findingList,
  findingParams,
  findingResolvedOut,
  findingsQuery,
  paymentNoticeBody,
  paymentNoticeOut,
  providerParams,
} from '../contract/outside';
import { emptyBody } from '../contract/order-actions';
import type { ApiDependencies } from '../dependencies';
import type { Role } from '../../domain/access';
import { defineOperation, type Operation, type Signer } from '../operation';
import { forbidden } from '../problem';
import type { Services } from '../services';

/** What carriers and payment providers report. */
export const outsideOperations = (
  { carriers, payments }: Services,
  { settings }: ApiDependencies,
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
    description:
      'Signed (Standard Webhooks). The same notice twice is one. It is held against our movements: what agrees is ' +
      'marked, what we waited for is settled, the rest is a finding for people.',
    method: 'post',
    path: '/v1/webhooks/payments/{provider}',
    signer: ({ provider }) => signerOf('admin', provider, settings.paymentSecrets),
    needsSignature: true,
    params: providerParams,
    body: paymentNoticeBody,
    responses: { 200: { description: 'Acknowledged', schema: paymentNoticeOut } },
    async handle({ params: { provider }, body, headers }) {
      const id = String(headers['webhook-id']);
      return { status: 200, body: await payments.receiveNotice(provider, id, body) };
    },
  }),
  defineOperation({
    id: 'listPaymentFindings',
    tag: 'From outside',
    summary: 'What payment providers reported and our books do not have, oldest first',
    method: 'get',
    path: '/v1/payment-findings',
    query: findingsQuery,
    responses: { 200: { description: 'A page of open findings', schema: findingList } },
    handle: async ({ query }) => ({ status: 200, body: await payments.listFindings(query) }),
  }),
  defineOperation({
    id: 'resolvePaymentFinding',
    tag: 'From outside',
    summary: 'A finding was dealt with',
    method: 'post',
    path: '/v1/payment-findings/{provider}/{noticeId}/resolve',
    params: findingParams,
    body: emptyBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: { 200: { description: 'It is closed', schema: findingResolvedOut } },
    async handle({ principal, params }) {
      await payments.resolveFinding(principal, params);
      return { status: 200, body: { ...params, outcome: 'resolved' } };
    },
  }),
];

function signerOf(role: Role, name: string, secrets: Record<string, string>): Signer | undefined {
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  return secret === undefined ? undefined : { role, name, secret };
}
