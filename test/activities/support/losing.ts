import type { ActivityDependencies } from '../../../activities';

export class AnswerLost extends Error {}

export interface Lost {
  /** Calls with an effect that were made: to the store, to payment providers, to carriers. */
  calls: string[];
}

/**
 * Dependencies of which the n-th call with an effect takes effect and then fails, as when a connection breaks or
 * a process dies before the answer is written down. Reads lose nothing and are not counted.
 */
export function losing(
  dependencies: ActivityDependencies,
  nth: number,
): { dependencies: ActivityDependencies; lost: Lost } {
  const lost: Lost = { calls: [] };
  const wrap = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(of, property) {
        const value = Reflect.get(of, property) as unknown;
        if (typeof value !== 'function' || /^(read|find)/.test(String(property))) return value;
        return async (...given: unknown[]) => {
          const answer: unknown = await value.apply(of, given);
          lost.calls.push(`${name}.${String(property)}`);
          if (lost.calls.length === nth) throw new AnswerLost(lost.calls.at(-1));
          return answer;
        };
      },
    });
  return {
    lost,
    dependencies: {
      ...dependencies,
      store: wrap('store', dependencies.store),
      payments: dependencies.payments.map((provider) => wrap(provider.code, provider)),
      carriers: dependencies.carriers.map((carrier) => wrap('carrier', carrier)),
    },
  };
}
