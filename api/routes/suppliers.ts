import {
  supplierBody,
  supplierItemBody,
  supplierItemList,
  supplierItemOut,
  supplierItemParams,
  supplierList,
  supplierOut,
  supplierPaging,
  supplierParams,
} from '../contract/suppliers';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Purchasing';

export const supplierOperations = ({ suppliers }: Services): Operation[] => [
  defineOperation({
    id: 'saveSupplier',
    tag,
    summary: 'Create or replace a supplier',
    method: 'put',
    path: '/v1/suppliers/{id}',
    params: supplierParams,
    body: supplierBody,
    responses: { 200: { description: 'The supplier as it is now', schema: supplierOut } },
    handle: async ({ params, body }) => ({ status: 200, body: await suppliers.save(params.id, body) }),
  }),
  defineOperation({
    id: 'findSupplier',
    tag,
    summary: 'A supplier',
    method: 'get',
    path: '/v1/suppliers/{id}',
    params: supplierParams,
    responses: { 200: { description: 'The supplier', schema: supplierOut } },
    handle: async ({ params }) => ({ status: 200, body: await suppliers.find(params.id) }),
  }),
  defineOperation({
    id: 'listSuppliers',
    tag,
    summary: 'Suppliers by id',
    method: 'get',
    path: '/v1/suppliers',
    query: supplierPaging,
    responses: { 200: { description: 'A page of suppliers', schema: supplierList } },
    handle: async ({ query }) => ({ status: 200, body: await suppliers.list(query) }),
  }),
  defineOperation({
    id: 'saveSupplierItem',
    tag,
    summary: 'Create or replace what a supplier sells of a SKU',
    method: 'put',
    path: '/v1/suppliers/{id}/items/{sku}',
    params: supplierItemParams,
    body: supplierItemBody,
    responses: { 200: { description: 'The item as it is now', schema: supplierItemOut } },
    handle: async ({ params, body }) => ({
      status: 200,
      body: await suppliers.saveItem(params.id, params.sku, body),
    }),
  }),
  defineOperation({
    id: 'listSupplierItems',
    tag,
    summary: 'What a supplier sells, by SKU',
    method: 'get',
    path: '/v1/suppliers/{id}/items',
    params: supplierParams,
    query: supplierPaging,
    responses: { 200: { description: 'A page of items', schema: supplierItemList } },
    handle: async ({ params, query }) => ({ status: 200, body: await suppliers.listItems(params.id, query) }),
  }),
];
