import fc from 'fast-check';

/** The part of JSON Schema that the contract is made of. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
}

/** What bodies are made from: named schemas, and names that mean something here, by the field that they fit. */
export interface Ground {
  schemas: Record<string, Schema>;
  named(field: string): readonly string[];
}

/** One node in so many is not what the schema asks for. */
const soundOf = 60;
const nasty: readonly unknown[] = [
  ...[null, '', ' ', 0, -1, 0.5, true, [], {}, 1e308, 2 ** 53, '9007199254740993', 'null', '\u0000'],
  ...['\ud800', '💥'.repeat(300), '2026-02-30T25:61:00Z', '-P1D', "'; DROP TABLE orders; --", '../../etc'],
  ...[{ amount: 1, currency: 'EUR' }, [[[[]]]], { __proto__: null }, '%', '\\', '{}'],
];

/** JSON that fits a schema in most of its parts, and means something to who reads it as often as can be. */
export function fromSchema(schema: Schema, ground: Ground, field = '', depth = 0): fc.Arbitrary<unknown> {
  const sound = soundFrom(schema, ground, field, depth);
  return fc.oneof({ weight: soundOf, arbitrary: sound }, { weight: 1, arbitrary: fc.constantFrom(...nasty) });
}

function soundFrom(schema: Schema, ground: Ground, field: string, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref) return fromSchema(ground.schemas[schema.$ref.split('/').at(-1)!]!, ground, field, depth);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((each) => fromSchema(each, ground, field, depth)));
  if (schema.allOf)
    return fc
      .tuple(...schema.allOf.map((each) => fromSchema(each, ground, field, depth)))
      .map((parts) => Object.assign({}, ...(parts as object[])) as unknown);
  const types = [schema.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, ground, field, depth)));
}

function ofType(
  type: string,
  schema: Schema,
  ground: Ground,
  field: string,
  depth: number,
): fc.Arbitrary<unknown> {
  if (type === 'object') return objectFrom(schema, ground, depth);
  if (type === 'array') return arrayFrom(schema, ground, field, depth);
  if (type === 'integer' || type === 'number') return numberFrom(schema);
  if (type === 'boolean') return fc.boolean();
  return type === 'null' ? fc.constant(null) : stringFrom(schema, ground, field);
}

function objectFrom(schema: Schema, ground: Ground, depth: number): fc.Arbitrary<unknown> {
  const required = schema.required ?? [];
  const known = Object.entries(schema.properties ?? {}).filter(
    ([name]) => required.includes(name) || depth < 6,
  );
  const fields = fc.record(
    Object.fromEntries(known.map(([name, each]) => [name, fromSchema(each, ground, name, depth + 1)])),
    { requiredKeys: required.filter((name) => known.some(([each]) => each === name)) },
  );
  const more = schema.additionalProperties;
  if (typeof more !== 'object' || depth > 6) return fields;
  const names = fc.constantFrom('a', 'web', 'SHIRT', 'warehouse', 'monday');
  const others = fc.dictionary(names, fromSchema(more, ground, '', depth + 1), { maxKeys: 3 });
  return fc.tuple(fields, others).map(([first, second]) => ({ ...second, ...first }));
}

function arrayFrom(schema: Schema, ground: Ground, field: string, depth: number): fc.Arbitrary<unknown> {
  const least = Math.min(schema.minItems ?? 0, 5);
  return fc.array(fromSchema(schema.items ?? {}, ground, field.replace(/s$/, ''), depth + 1), {
    minLength: least,
    maxLength: Math.max(least, Math.min(schema.maxItems ?? 3, 3)),
  });
}

function numberFrom({ minimum, exclusiveMinimum, maximum }: Schema): fc.Arbitrary<unknown> {
  const least = Math.ceil(minimum ?? (exclusiveMinimum === undefined ? -5 : exclusiveMinimum + 1));
  const most = Math.floor(maximum ?? Number.MAX_SAFE_INTEGER);
  const small = fc.integer({ min: least, max: Math.max(least, Math.min(most, least + 12)) });
  return fc.oneof(
    { weight: 8, arbitrary: small },
    { weight: 1, arbitrary: fc.constantFrom(least, least - 1, most, most + 1) },
  );
}

const byFormat: Record<string, readonly string[]> = {
  'date-time': ['2026-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59Z'],
  date: ['2026-12-24', '2024-02-29', '0001-01-01', '9999-12-31'],
  email: ['ada@example.com', 'x@y.it'],
  uri: ['https://example.com/hook', 'http://127.0.0.1:1/'],
  duration: ['P1D', 'PT1H', 'P100Y', 'PT0S'],
  time: ['08:00', '23:59'],
};

function stringFrom(schema: Schema, ground: Ground, field: string): fc.Arbitrary<string> {
  const meant = [...(byFormat[schema.format ?? ''] ?? []), ...ground.named(field)];
  const others = [fc.string({ minLength: schema.minLength ?? 0, maxLength: 12, unit: 'binary' })];
  const matching = schema.pattern === undefined ? null : matches(schema.pattern);
  if (matching) others.push(matching);
  if (meant.length === 0) return fc.oneof(...others);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...meant) },
    { weight: 1, arbitrary: fc.oneof(...others) },
  );
}

/** Patterns that look ahead cannot be made from; their fields are named or go wrong. */
function matches(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern), { size: 'small' });
  } catch {
    return null;
  }
}
