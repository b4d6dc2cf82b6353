import { exceptionList, exceptionsQuery } from '../contract/exceptions';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

export const exceptionOperations = ({ exceptions }: Services): Operation[] => [
  defineOperation({
    id: 'listExceptions',
    tag: 'Orders',
    summary: 'What orders wait for longer than they should, or until a person decides; the longest first',
    method: 'get',
    path: '/v1/exceptions',
    query: exceptionsQuery,
    responses: { 200: { description: 'A page of exceptions', schema: exceptionList } },
    handle: async ({ query }) => ({ status: 200, body: await exceptions.list(query) }),
  }),
];
