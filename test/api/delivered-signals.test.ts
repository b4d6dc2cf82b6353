import pino from 'pino';
import { createDeliveredSignals } from '../../api/services/delivered-signals';
import type { OrderSignal } from '../../domain/commands';

const signal = (key: string): OrderSignal => ({
  key,
  workflowId: 'order:web:1',
  signal: 'shipped',
  args: [],
});

function startNoting(markSignalsDelivered: (signals: readonly OrderSignal[]) => Promise<void>) {
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const delivered = createDeliveredSignals({ store: { markSignalsDelivered } as never, log });
  return { delivered, logged };
}

test('what many requests delivered is noted together, at the latest before the end', async () => {
  const noted: string[][] = [];
  const { delivered } = startNoting(async (signals) => void noted.push(signals.map(({ key }) => key)));
  delivered.add([signal('a')]);
  delivered.add([]);
  delivered.add([signal('b'), signal('c')]);
  await delivered.finish();
  expect(noted).toEqual([['a', 'b', 'c']]);
  await delivered.finish();
  expect(noted).toHaveLength(1);
});

test('a note that fails is told and keeps nobody from ending', async () => {
  const { delivered, logged } = startNoting(() => Promise.reject(new Error('the database is gone')));
  delivered.add([signal('a')]);
  await delivered.finish();
  expect(logged.join()).toContain('the database is gone');
});
