import { documentParams, documentQuery } from '../contract/outside';
import type { DocumentFormat } from '../../domain/documents';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const zplTypes = ['application/zpl', 'text/zpl', 'x-application/zpl', 'application/vnd.zebra.zpl'];

export const documentOperations = ({ documents }: Services): Operation[] => [
  defineOperation({
    id: 'readDocument',
    tag: 'Documents',
    summary: 'A confirmation, packing slip or label as PDF; labels as ZPL, too',
    method: 'get',
    path: '/v1/documents/{id}',
    params: documentParams,
    query: documentQuery,
    responses: { 200: { description: 'The file', files: ['application/pdf', 'application/zpl'] } },
    async handle({ principal, params, query, headers }) {
      const format = query.format ?? formatOf(headers.accept);
      const file = await documents.render(principal, params.id, format);
      return { status: 200, file, headers: { Vary: 'Accept', 'Cache-Control': 'private, no-cache' } };
    },
  }),
];

const formatOf = (accept: string | undefined): DocumentFormat =>
  zplTypes.some((type) => accept?.toLowerCase().includes(type)) ? 'zpl' : 'pdf';
