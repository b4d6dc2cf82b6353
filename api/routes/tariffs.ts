import { tariffBody, tariffList, tariffOut, tariffParams, tariffQuery } from '../contract/tariffs';
import { defineOperation, type Answer, type Operation } from '../operation';
import type { Services } from '../services';
import { tariffColumns } from '../tariff-file/columns';
import { tariffTemplate } from '../tariff-file/template';

const tag = 'Sourcing rules';
const path = '/v1/tariffs/{id}';
const filePath = `${path}/file`;
const csv = 'text/csv';
const params = tariffParams;

export const tariffOperations = ({ tariffs }: Services): Operation[] => [
  defineOperation({
    id: 'saveTariff',
    tag,
    summary: 'Create or replace a tariff: what a carrier asks for a service, and how long it takes',
    description:
      'Of the zones that a way lies in, the most specific one counts: the narrower destination (a longer postal code ' +
      'before a shorter one, before the whole country), then the narrower origin (a location before any area). Of a ' +
      'service of a carrier one tariff holds at a time.',
    method: 'put',
    path,
    params,
    body: tariffBody,
    responses: { 200: { description: 'The tariff as it is now', schema: tariffOut } },
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await tariffs.save(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'saveTariffFile',
    tag,
    summary: 'Create or replace a tariff by a CSV file, all of it or nothing',
    description:
      'A row is a rate of a zone: up to a weight, its price and what each kilogram adds. What is said of the tariff, and ' +
      'of a zone, stands in one of its rows, or the same in several. The form is that of its download and of the template; ' +
      'what is wrong is told by row and column, as /file/{row}/{column}.',
    method: 'put',
    path: filePath,
    params,
    upload: [csv],
    responses: { 200: { description: 'The tariff as it is now', schema: tariffOut } },
    handle: async ({ principal, params: { id }, upload }) => ({
      status: 200,
      body: await tariffs.saveFile(principal, id, upload),
    }),
  }),
  defineOperation({
    id: 'readTariffFile',
    tag,
    summary: 'A tariff as CSV, in the form in which it is taken in',
    description: `Columns: ${tariffColumns.join(', ')}. Prices are decimals of the currency.`,
    method: 'get',
    path: filePath,
    params,
    responses: { 200: { description: 'A row for each rate', files: [csv] } },
    handle: async ({ params: { id } }) => file('tariff.csv', await tariffs.file(id)),
  }),
  defineOperation({
    id: 'readTariffTemplate',
    tag,
    summary: 'An example of a tariff as CSV, to begin with',
    method: 'get',
    path: '/v1/tariff-template',
    responses: { 200: { description: 'Two zones with their rates', files: [csv] } },
    handle: () => Promise.resolve(file('tariff.csv', tariffTemplate())),
  }),
  defineOperation({
    id: 'findTariff',
    tag,
    summary: 'A tariff with its zones',
    method: 'get',
    path,
    params,
    responses: { 200: { description: 'The tariff', schema: tariffOut } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await tariffs.find(id) }),
  }),
  defineOperation({
    id: 'deleteTariff',
    tag,
    summary: 'Reckon with a tariff no more',
    method: 'delete',
    path,
    params,
    responses: { 204: { description: 'It is gone, now or before' } },
    async handle({ params: { id } }) {
      await tariffs.remove(id);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'listTariffs',
    tag,
    summary: 'Tariffs by id',
    method: 'get',
    path: '/v1/tariffs',
    query: tariffQuery,
    responses: { 200: { description: 'A page of tariffs', schema: tariffList } },
    handle: async ({ query }) => ({ status: 200, body: await tariffs.list(query) }),
  }),
];

const file = (name: string, text: string): Answer => ({
  status: 200,
  file: { mediaType: csv, name, body: Buffer.from(text) },
});
