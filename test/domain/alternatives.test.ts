import fc from 'fast-check';
import { alternativeProblems, type StandIn } from '../../domain/catalogue/alternatives';
import { alternativeReasonText } from '../../domain/catalogue/alternative-words';
import {
  alternativesFor,
  foundPriceBand,
  type AlternativeCandidate,
  type AlternativesRequest,
} from '../../domain/catalogue/alternatives-for';
import type { Product } from '../../domain/catalogue/product';

const skus = ['A', 'B', 'C', 'D', 'E', 'F'];
const known = new Set(skus);
const list = (...to: string[]) => to.map((sku) => ({ sku }));
const steps = (text: string): StandIn[] =>
  text.split(' ').map((step) => ({ sku: step.charAt(0), to: step.charAt(1) }));

describe('what is named to stand in', () => {
  it('may name each other, or lead on to a successor', () => {
    expect(alternativeProblems('A', list('B'), steps('BA'), known)).toEqual([]);
    expect(alternativeProblems('A', list('B', 'C'), steps('BA BC CA CB'), known)).toEqual([]);
    expect(alternativeProblems('A', list('B'), steps('BC CD'), known)).toEqual([]);
  });

  it('must not be itself, named twice or unknown', () => {
    const problems = alternativeProblems('A', list('A', 'B', 'B', 'X'), [], known);
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/alternatives/0/sku',
      '/alternatives/2/sku',
      '/alternatives/3/sku',
    ]);
  });

  it('must not lead round in a circle whose steps cannot be gone back', () => {
    expect(alternativeProblems('A', list('D', 'B'), steps('BC CA'), known)).toEqual([
      {
        pointer: '/alternatives/1/sku',
        detail: 'Leads round in a circle: A → B → C → A. Leave it out, or let "B" name "A" as well',
      },
    ]);
  });

  it('finds the circle that a step elsewhere makes, although each step of its own can be gone back', () => {
    // A and C are peers, A and B are; but from C to B there is no way back.
    const [problem] = alternativeProblems('A', list('B', 'C'), steps('BA CA CB'), known);
    expect(problem?.detail).toContain('let "B" name "C" as well');
  });

  it('is refused exactly if some step on a way back to where it began is one-way', () => {
    const step = fc.tuple(fc.constantFrom(...skus), fc.constantFrom(...skus));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.subarray(skus.slice(1)), (all, named) => {
        const others = all.filter(([sku, to]) => sku !== 'A' && sku !== to).map(([sku, to]) => ({ sku, to }));
        const edges = [...others, ...named.map((to) => ({ sku: 'A', to }))];
        const reach = (from: string, seen = new Set<string>()): Set<string> => {
          for (const { sku, to } of edges) if (sku === from && !seen.has(to)) reach(to, seen.add(to));
          return seen;
        };
        const isRound = edges.some(
          ({ sku, to }) =>
            !edges.some((back) => back.sku === to && back.to === sku) &&
            (sku === 'A' || reach('A').has(sku)) &&
            (to === 'A' || reach(to).has('A')),
        );
        expect(alternativeProblems('A', list(...named), others, known).length > 0).toBe(isRound);
      }),
      { numRuns: 2000 },
    );
  });
});

const shirt: Product = {
  sku: 'SHIRT',
  title: 'Shirt',
  category: 'shirts',
  price: { amount: 2000, currency: 'EUR' },
  attributes: { colour: 'red', size: 'M' },
};
const like = (sku: string, amount: number, more: Partial<Product> = {}): AlternativeCandidate => ({
  product: { ...shirt, sku, title: sku, price: { amount, currency: 'EUR' }, ...more },
  available: 3,
});
const offered = (request: Partial<AlternativesRequest>) =>
  alternativesFor({ product: shirt, wanted: 1, named: [], candidates: [], ...request });

describe('what is offered instead', () => {
  it('is what people named, then what is most like it, each with its reasons', () => {
    const candidates = [
      like('BLUE-M', 2000, { attributes: { colour: 'blue', size: 'M' } }),
      like('RED-M', 2400),
      like('RED-L', 1900, { attributes: { colour: 'red', size: 'L' } }),
      like('CAP', 9900, { category: 'caps' }),
    ];
    const named = [{ sku: 'CAP', note: 'It suits everybody', pricePolicy: 'own' as const }];
    const offers = offered({ candidates, named });
    expect(offers.map(({ sku, pricePolicy }) => [sku, pricePolicy])).toEqual([
      ['CAP', 'own'],
      ['RED-M', 'lower'],
      ['BLUE-M', 'lower'],
      ['RED-L', 'lower'],
    ]);
    const said = (index: number, language: 'en' | 'it') =>
      offers[index]!.because.map((each) => alternativeReasonText(each, language).replaceAll('\u00a0', ' '));
    expect(said(0, 'en')[0]).toBe('It suits everybody');
    expect(said(3, 'en')).toEqual([
      'It is of the same kind: shirts',
      'The same colour: red',
      'Another size: L',
      'It costs €1.00 less',
    ]);
    expect(said(1, 'it')).toContain('Costa 4,00 € in più');
  });

  it('has all pieces that are wanted, and is nothing that it was before', () => {
    const candidates = [like('FEW', 2000), like('BEFORE', 2000), { ...like('MANY', 2000), available: 9 }];
    const skusOf = (more: Partial<AlternativesRequest>) =>
      offered({ candidates, ...more }).map(({ sku }) => sku);
    expect(skusOf({ wanted: 4 })).toEqual(['MANY']);
    expect(skusOf({ never: ['BEFORE'] })).toEqual(['FEW', 'MANY']);
  });

  const candidate = fc.record({
    product: fc.record({
      sku: fc.constantFrom(...skus, 'SHIRT'),
      title: fc.constant('A title'),
      category: fc.option(fc.constantFrom('shirts', 'caps'), { nil: undefined }),
      price: fc.option(
        fc.record({ amount: fc.integer({ min: 1, max: 4000 }), currency: fc.constantFrom('EUR', 'CHF') }),
        { nil: undefined },
      ),
      attributes: fc.dictionary(fc.constantFrom('colour', 'size'), fc.constantFrom('red', 'M', 'L')),
    }),
    available: fc.integer({ min: -1, max: 5 }),
  });
  const requests = fc.record({
    candidates: fc.uniqueArray(candidate, { selector: ({ product }) => product.sku, maxLength: 7 }),
    wanted: fc.integer({ min: 1, max: 4 }),
    named: fc
      .subarray(['C', 'A', 'F'])
      .map((all) => all.map((sku) => ({ sku, pricePolicy: 'own' as const }))),
    never: fc.subarray(skus),
  });

  it('is never what it replaces nor short, keeps the order of people, and is the same in any order', () => {
    fc.assert(
      fc.property(requests, fc.infiniteStream(fc.nat()), (request, shuffle) => {
        const offers = offered(request);
        const bySku = new Map(request.candidates.map((each) => [each.product.sku, each]));
        for (const { sku, available } of offers) {
          expect([shirt.sku, ...request.never]).not.toContain(sku);
          expect(available).toBe(bySku.get(sku)!.available);
          expect(available).toBeGreaterThanOrEqual(request.wanted);
        }
        const names = request.named.map(({ sku }) => sku);
        const isNamed = offers.map(({ sku }) => names.includes(sku));
        expect(isNamed).toEqual([...isNamed].sort((a, b) => Number(b) - Number(a)));
        expect(offers.map(({ sku }) => sku).filter((sku) => names.includes(sku))).toEqual(
          names.filter((sku) => offers.some((each) => each.sku === sku)),
        );
        for (const found of offers.filter(({ sku }) => !names.includes(sku))) {
          const { product } = bySku.get(found.sku)!;
          expect([product.category, product.price?.currency]).toEqual(['shirts', 'EUR']);
          expect(found.price!.amount).toBeLessThanOrEqual(20 * (100 + foundPriceBand.above));
          expect(found.price!.amount).toBeGreaterThanOrEqual(20 * (100 - foundPriceBand.below));
        }
        const shuffled = [...request.candidates]
          .map((each) => ({ each, at: shuffle.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(offered({ ...request, candidates: shuffled })).toEqual(offers);
      }),
    );
  });
});
