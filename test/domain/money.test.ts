import fc from 'fast-check';
import { allocate, formatMoney, minorDigits, minus, money, plus, sum } from '../../domain/money';

const eur = (amount: number) => money(amount, 'EUR');

describe('money', () => {
  test('is whole minor units', () => {
    expect(() => money(1.5, 'EUR')).toThrow('whole minor units');
    expect(() => money(Number.MAX_SAFE_INTEGER + 1, 'EUR')).toThrow('whole minor units');
    expect(() => plus(eur(Number.MAX_SAFE_INTEGER), eur(1))).toThrow('whole minor units');
  });

  test('adds and subtracts within one currency only', () => {
    expect(plus(eur(100), eur(23))).toEqual(eur(123));
    expect(minus(eur(100), eur(123))).toEqual(eur(-23));
    expect(sum([eur(1), eur(2)], 'EUR')).toEqual(eur(3));
    expect(() => plus(eur(1), money(1, 'PLN'))).toThrow('Mixed currencies: EUR and PLN');
  });

  test('reads as its currency is written', () => {
    expect(formatMoney(eur(123456), 'en')).toBe('€1,234.56');
    expect(formatMoney(money(1230, 'JPY'), 'en')).toBe('¥1,230');
    expect(minorDigits('BHD')).toBe(3);
  });
});

describe('allocate', () => {
  test('gives the odd cents to the largest remainders, ties to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(10, [0, 0, 0])).toEqual([4, 3, 3]);
    expect(() => allocate(1, [])).toThrow('over nothing');
  });

  test('sums to the whole, within one cent of the fair share', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (amount, of) => {
        const parts = allocate(amount, of);
        expect(parts.reduce((so, part) => so + BigInt(part), 0n)).toBe(BigInt(amount));
        const whole = of.reduce((a, b) => a + b, 0);
        if (whole === 0) return;
        parts.forEach((part, index) => {
          const offBy = BigInt(part) * BigInt(whole) - BigInt(amount) * BigInt(of[index]!);
          expect(offBy < BigInt(whole) && offBy > BigInt(-whole)).toBe(true);
        });
      }),
    );
  });
});
