import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import type { RuleProblem } from '../../domain/rules/problems';
import { fieldWords } from '../field-words';
import { conditionSchema, ruleSetSchema } from '../../domain/rules/schema';

const ajv = new Ajv({ allErrors: true, verbose: true, strictRequired: false });
const checkRuleSet = ajv.compile(ruleSetSchema);
const checkCondition = ajv.compile(conditionSchema);
const mostProblems = 50;

/** Where something has not the shape of a rule set by its JSON Schema, in plain words; none when it has. */
export const shapeProblems = (value: unknown): RuleProblem[] => problemsIn(checkRuleSet, value);

/** The same of a condition that stands by itself. */
export const conditionShapeProblems = (value: unknown): RuleProblem[] => problemsIn(checkCondition, value);

function problemsIn(check: ValidateFunction, value: unknown): RuleProblem[] {
  if (check(value)) return [];
  const problems = narrowed(check.errors ?? []).map((error) => ({
    pointer: pointerOf(error),
    detail: detailOf(error),
  }));
  const once = new Map(problems.map((problem) => [`${problem.pointer} ${problem.detail}`, problem]));
  return [...once.values()].slice(0, mostProblems);
}

/**
 * A validator tells of a `oneOf` that fails what speaks against each of its branches. Where the value names a branch
 * by its key, only what is wrong in that branch helps; else only that none was named.
 */
function narrowed(errors: readonly ErrorObject[]): ErrorObject[] {
  let kept = [...errors];
  // The outermost come last; what they keep is narrowed before, from the inside.
  for (const union of errors.filter(({ keyword }) => keyword === 'oneOf')) {
    const isInside = (error: ErrorObject): boolean =>
      error !== union &&
      kept.indexOf(error) < kept.indexOf(union) &&
      (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`));
    const inside = kept.filter(isInside);
    const key = keyOf(union);
    const ofBranch = key === null ? [] : inside.filter((error) => isUnder(error, union.instancePath, key));
    const drop = new Set(ofBranch.length > 0 ? [...inside, union] : inside);
    kept = kept.filter((error) => !drop.has(error) || ofBranch.includes(error));
  }
  return kept;
}

const isUnder = ({ instancePath }: ErrorObject, at: string, key: string): boolean =>
  instancePath === `${at}/${key}` || instancePath.startsWith(`${at}/${key}/`);

/** The key by which an object names its branch; null when it has none or several, or names one that there is not. */
function keyOf({ data, schema }: ErrorObject): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const keys = Object.keys(data);
  return keys.length === 1 && branchKeys(schema as Branch[]).includes(keys[0]!) ? keys[0]! : null;
}

type Branch = { required?: readonly string[] };
const branchKeys = (branches: readonly Branch[]): string[] =>
  branches.flatMap(({ required = [] }) => (required.length === 1 ? [...required] : []));

const escape = (key: string): string => key.replace(/~/g, '~0').replace(/\//g, '~1');

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${escape(params['missingProperty'])}`;
  if (keyword === 'additionalProperties') return `${instancePath}/${escape(params['additionalProperty'])}`;
  return instancePath;
}

const detailsByKeyword: Partial<Record<string, (params: ErrorObject['params']) => string>> = {
  required: () => fieldWords.missing,
  additionalProperties: () => fieldWords.unknown,
  enum: ({ allowedValues }) => fieldWords.oneOf(allowedValues as unknown[]),
  const: ({ allowedValue }) => fieldWords.exactly(allowedValue),
  minimum: ({ limit }) => fieldWords.atLeast(limit),
  maximum: ({ limit }) => fieldWords.atMost(limit),
  exclusiveMinimum: ({ limit }) => fieldWords.moreThan(limit),
  exclusiveMaximum: ({ limit }) => fieldWords.lessThan(limit),
  minItems: ({ limit }) => fieldWords.notFewer(limit),
  maxItems: ({ limit }) => fieldWords.notMore(limit),
  minLength: ({ limit }) => fieldWords.notShorter(limit),
  maxLength: ({ limit }) => fieldWords.notLonger(limit),
};

function detailOf({ keyword, params, message, schema }: ErrorObject): string {
  const words = detailsByKeyword[keyword];
  if (words) return words(params);
  if (keyword === 'oneOf') {
    const keys = branchKeys(schema as Branch[]);
    return keys.length > 1
      ? `Must have exactly one of the keys ${keys.join(', ')}`
      : 'Has none of the shapes that are allowed here';
  }
  return `${message!.charAt(0).toUpperCase()}${message!.slice(1)}`;
}
