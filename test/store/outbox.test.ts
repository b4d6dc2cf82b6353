import type { MailComposer } from '../../ports/mail-composer';
import type { RenderedMail } from '../../ports/mail';
import { startRelay } from '../../relay/relay';
import { openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
beforeEach(() => warehouse.db('outbox').delete());

/** Mails that are due, in the order of their numbers. */
async function leave(count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, (_, index) => `mail:${index}`);
  await warehouse.db('outbox').insert(
    keys.map((key) => ({
      key,
      kind: 'mail',
      payload: JSON.stringify({ template: 'shipped', to: key, data: {} }),
    })),
  );
  return keys;
}

/** As if the time to the next try had passed. */
const letTimePass = () =>
  warehouse.db('outbox').update({ due_at: warehouse.db.raw(`now() - interval '1 second'`) });
const waitOf = async (key: string): Promise<number> => {
  const { rows } = await warehouse.db.raw<{ rows: { seconds: number }[] }>(
    'SELECT extract(epoch FROM due_at - now())::int AS seconds FROM outbox WHERE key = ?',
    [key],
  );
  return rows[0]!.seconds;
};

describe('what waits to leave the house', () => {
  test('is given to one of many who ask at once, and all of it is given', async () => {
    const { store } = warehouse;
    const keys = await leave(40);
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimOutbox(10)));
    const claimed = claims.flat().map(({ key }) => key);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await store.claimOutbox(100);
    expect([...claimed, ...rest.map(({ key }) => key)].sort()).toEqual([...keys].sort());
  });

  test('comes again when nobody says that it arrived, each time later, and never when somebody did', async () => {
    const { store } = warehouse;
    await leave(2);
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      const items = await store.claimOutbox(10);
      expect(items.map(({ key, attempts }) => [key, attempts])).toContainEqual(['mail:0', attempt]);
      expect(await store.claimOutbox(10)).toEqual([]);
      if (attempt === 1)
        await store.markDelivered(items.filter(({ key }) => key === 'mail:1').map(({ id }) => id));
      waits.push(await waitOf('mail:0'));
      await letTimePass();
    }
    for (const [index, seconds] of waits.entries()) {
      const expected = Math.min(900, 10 * 2 ** index);
      expect(seconds).toBeGreaterThan(expected - 5);
      expect(seconds).toBeLessThanOrEqual(expected);
    }
  });
});

describe('the relay', () => {
  const composer: MailComposer = { compose: () => ({ subject: 's', html: 'h', text: 't' }) };

  /** A mail server that takes every mail and may lose its answer. */
  function server(losesAnswer: (key: string, times: number) => boolean = () => false) {
    const taken: string[] = [];
    return {
      taken,
      close: () => Promise.resolve(),
      send({ key }: RenderedMail): Promise<void> {
        taken.push(key);
        const times = taken.filter((each) => each === key).length;
        return losesAnswer(key, times) ? Promise.reject(new Error('connection lost')) : Promise.resolve();
      },
    };
  }

  function relayTo(sender: ReturnType<typeof server>, errors: unknown[] = []) {
    const { store } = warehouse;
    const deliver = () => Promise.reject(new Error('not asked for'));
    const renderer = { render: () => Promise.reject(new Error('not asked for')) };
    return startRelay({ store, composer, sender, renderer, deliver, onError: (error) => errors.push(error) });
  }

  test('delivers each mail once, however many relays there are', async () => {
    const keys = await leave(120);
    const sender = server();
    const relays = [relayTo(sender), relayTo(sender), relayTo(sender)];
    await Promise.all(relays.map((relay) => relay.drain()));
    await Promise.all(relays.map((relay) => relay.stop()));
    expect([...sender.taken].sort()).toEqual([...keys].sort());
    expect(await warehouse.db('outbox').whereNull('delivered_at')).toEqual([]);
  });

  test('sends a mail whose answer was lost again under the same key, and the others not', async () => {
    await leave(3);
    const errors: unknown[] = [];
    const sender = server((key, times) => key === 'mail:1' && times === 1);
    const relay = relayTo(sender, errors);
    await relay.drain();
    expect(errors).toHaveLength(1);
    expect(await warehouse.db('outbox').where('key', 'mail:1').first('delivered_at', 'last_error')).toEqual({
      delivered_at: null,
      last_error: 'connection lost',
    });
    await letTimePass();
    await relay.drain();
    await relay.stop();
    expect([...sender.taken].sort()).toEqual(['mail:0', 'mail:1', 'mail:1', 'mail:2']);
    expect(await warehouse.db('outbox').whereNull('delivered_at')).toEqual([]);
  });
});
