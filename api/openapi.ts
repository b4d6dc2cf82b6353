import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z, type ZodObject } from 'zod';
import { rolesOf } from './access';
import { problemOut } from './contract/problem';
import type { Operation } from './operation';

/** The OpenAPI 3.1 document, made from the same schemas that requests are checked against. */
export function createOpenApi(operations: readonly Operation[], publicUrl: string) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key with a role',
  });
  registry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    in: 'header',
    name: 'webhook-signature',
    description: 'Standard Webhooks: webhook-id, webhook-timestamp and webhook-signature',
  });
  for (const operation of operations) registry.registerPath(pathOf(operation));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Ordito',
      version: '1.0.0',
      description:
        'Order management: orders, stock, fulfillments, returns. Money is whole minor units with its currency, ' +
        'instants are RFC 3339 in UTC, errors are problem details (RFC 9457) with a pointer to each bad field.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
  });
  return JSON.parse(JSON.stringify(document), nullable) as typeof document;
}

/**
 * Of what has a name and may be null the generator writes that it must be both the named and an object or null, which
 * null never is.
 */
function nullable(_key: string, part: unknown): unknown {
  const { allOf, ...rest } = (part ?? {}) as { allOf?: { type?: unknown }[] };
  const [named, orNull] = allOf ?? [];
  const isNullable = Array.isArray(orNull?.type) && orNull.type.includes('null');
  return isNullable ? { ...rest, anyOf: [named, { type: 'null' }] } : part;
}

type OpenApiDocument = ReturnType<typeof createOpenApi>;
export type { OpenApiDocument };

function pathOf(operation: Operation): RouteConfig {
  return {
    operationId: operation.id,
    method: operation.method,
    path: operation.path,
    tags: [operation.tag],
    summary: operation.summary,
    description: describe(operation),
    security: securityOf(operation),
    request: {
      ...(operation.params && { params: operation.params as ZodObject }),
      ...(operation.query && { query: operation.query as ZodObject }),
      ...(headersOf(operation) && { headers: headersOf(operation) }),
      ...(operation.body && {
        body: {
          required: !operation.isBodyOptional,
          content: { 'application/json': { schema: operation.body } },
        },
      }),
      ...(operation.upload && {
        body: {
          required: true,
          content: Object.fromEntries(operation.upload.map((type) => [type, { schema: z.string() }])),
        },
      }),
    },
    responses: { ...successesOf(operation), default: problemResponse },
  };
}

const describe = (operation: Operation): string =>
  [operation.description, `Roles: ${['admin', ...rolesOf(operation.id)].join(', ')}.`]
    .filter(Boolean)
    .join(' ');

function securityOf({ signer, needsSignature }: Operation): Record<string, string[]>[] {
  if (needsSignature) return [{ signature: [] }];
  return signer ? [{ key: [] }, { signature: [] }] : [{ key: [] }];
}

const idempotencyKey = z.string().min(1).max(200).optional().meta({
  description: 'The same key with the same request is executed once and answered alike',
});
const prefer = z
  .string()
  .optional()
  .meta({ examples: ['wait=10'] });

function headersOf({ hasEffects, id }: Operation): ZodObject | undefined {
  if (!hasEffects) return undefined;
  return z.object({
    'Idempotency-Key': idempotencyKey,
    ...(id === 'placeOrder' && { Prefer: prefer }),
  });
}

function successesOf(operation: Operation): RouteConfig['responses'] {
  return Object.fromEntries(
    Object.entries(operation.responses).map(([status, { description, schema, files = [] }]) => {
      const json = schema ? { 'application/json': { schema } } : {};
      const others = Object.fromEntries(files.map((type) => [type, { schema: z.string() }]));
      const content = { ...json, ...others };
      return [status, { description, ...(Object.keys(content).length > 0 && { content }) }];
    }),
  );
}

const problemResponse = {
  description: 'What is wrong, and where',
  content: { 'application/problem+json': { schema: problemOut } },
};
