import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import type { RuleProblem } from '../../domain/rules/rule-problem';
import { fieldWords } from '../field-words';
import { jsonPointer } from '../http/validate';
import { partsOf, whyNotKept } from '../kept-json';
import { conditionSchema, ruleSetSchema } from '../../domain/rules/schema';

const options = { verbose: true, strictRequired: false };
const first = new Ajv(options);
const all = new Ajv({ ...options, allErrors: true });
const checkRuleSet = [first.compile(ruleSetSchema), all.compile(ruleSetSchema)] as const;
const checkCondition = [first.compile(conditionSchema), all.compile(conditionSchema)] as const;
const mostProblems = 50;
/** Finding all that is wrong takes time by the square of its number: of more than this the first is told. */
const mostParts = 1000;

/** Where something has not the shape of a rule set by its JSON Schema, in plain words; none when it has. */
export const shapeProblems = (value: unknown): RuleProblem[] => problemsIn(checkRuleSet, value);

/** The same of a condition that stands by itself. */
export const conditionShapeProblems = (value: unknown): RuleProblem[] => problemsIn(checkCondition, value);

type Checks = readonly [first: ValidateFunction, all: ValidateFunction];

function problemsIn([checkFirst, checkAll]: Checks, value: unknown): RuleProblem[] {
  const unkept = whyNotKept(value);
  if (unkept) return [{ pointer: jsonPointer(unkept.path), detail: unkept.detail }];
  const check = isLarge(value) ? checkFirst : checkAll;
  if (check(value)) return [];
  const problems = narrowed(check.errors ?? []).map((error) => ({
    pointer: pointerOf(error),
    detail: detailOf(error),
  }));
  const once = new Map(problems.map((problem) => [`${problem.pointer} ${problem.detail}`, problem]));
  return [...once.values()].slice(0, mostProblems);
}

function isLarge(value: unknown): boolean {
  let count = 0;
  for (const _part of partsOf(value)) {
    count += 1;
    if (count > mostParts) return true;
  }
  return false;
}

/**
 * A validator tells of a `oneOf` that fails what speaks against each of its branches, right before it. Where the value
 * names a branch by its key, only what is wrong in that branch helps; else only that none was named.
 */
function narrowed(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    const inside = error.keyword === 'oneOf' ? takeInside(kept, error.instancePath) : [];
    const key = inside.length > 0 ? keyOf(error) : null;
    const ofBranch = key === null ? [] : inside.filter((each) => isUnder(each, error.instancePath, key));
    for (const each of ofBranch.length > 0 ? ofBranch : [error]) kept.push(each);
  }
  return kept;
}

/** Takes away what was said last of a place and of what is in it. */
function takeInside(kept: ErrorObject[], place: string): ErrorObject[] {
  let from = kept.length;
  while (from > 0 && isAt(kept[from - 1]!, place)) from -= 1;
  return kept.splice(from);
}

const isAt = ({ instancePath }: ErrorObject, place: string): boolean =>
  instancePath === place || instancePath.startsWith(`${place}/`);
const isUnder = (error: ErrorObject, place: string, key: string): boolean => isAt(error, `${place}/${key}`);

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
