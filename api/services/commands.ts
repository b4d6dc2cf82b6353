import type { CommandResult, OrderSignal } from '../../domain/commands';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notAllowed, notFound } from '../problem';
import { createDeliveredSignals } from './delivered-signals';

export interface Commands {
  /** Passes on what a command answered: its value and its news, or the problem that it met. */
  answer<T>(result: CommandResult<T>): Promise<T>;
  /** Tells orders of facts that are committed. What cannot be told now, the relay tells later. */
  deliver(signals: readonly OrderSignal[]): Promise<void>;
  /** Nothing more will be asked: writes what is still to be noted. */
  finish(): Promise<void>;
}

export function createCommands({ store, orders, log }: Deps): Commands {
  const delivered = createDeliveredSignals({ store, log });

  async function deliver(signals: readonly OrderSignal[]): Promise<void> {
    const told = await Promise.all(
      signals.map(async (signal) => {
        try {
          await orders.deliver(signal);
          return [signal];
        } catch (error) {
          log.warn({ err: error, signal: signal.key }, 'signal left to the relay');
          return [];
        }
      }),
    );
    delivered.add(told.flat());
  }

  async function answer<T>(result: CommandResult<T>): Promise<T> {
    switch (result.outcome) {
      case 'done':
        await deliver(result.signals);
        return result.value;
      case 'notFound':
        throw notFound(result.detail);
      case 'notAllowed':
        throw notAllowed(result.because, result.allowed, result.code);
      case 'invalid':
        throw invalidInput(result.problems);
    }
  }

  return { answer, deliver, finish: delivered.finish };
}

type Deps = Pick<ApiDependencies, 'store' | 'orders' | 'log'>;
