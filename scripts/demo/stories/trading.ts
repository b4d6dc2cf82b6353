import { people } from '../people';
import { deliver, delivered, send, type Story } from './steps';

/** Stores, franchisees and shelves: who orders without being a customer of a shop. */
export const trading: Story[] = [
  {
    title: 'Milano fills its shelves, one mug broken on the way',
    outcome: { status: 'completed', pieces: { delivered: 6 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('RIFUGIO-WHITE', 'verona-warehouse', 6);
      const order = await stage.replenish('milano-store', [['RIFUGIO-WHITE', 6]]);
      await send(stage, order);
      await stage.takeIn(order, 1);
      return stage.until(order, 'its end', ({ status }) => status === 'completed');
    },
  },
  {
    title: 'Trieste orders on account, and pays',
    outcome: delivered(4),
    play: async (stage) => {
      await stage.receive('BAITA-SNOW', 'verona-warehouse', 4);
      const order = await stage.orderOnAccount(people.tommaso, 'trieste', [['BAITA-SNOW', 4]]);
      const done = await deliver(stage, order);
      await stage.payAccount('trieste', done.total.amount);
      return done;
    },
  },
  {
    title: 'Graz orders beyond its credit limit',
    outcome: { status: 'onHold', pieces: { unsourced: 4 }, captured: 0 },
    play: (stage) => stage.orderOnAccount(people.theresa, 'graz', [['MALGA-3P', 4]]),
  },
  {
    title: 'Wien sells what it does not have, paid at its till',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('MALGA-2P', 'venlo-warehouse', 1);
      return deliver(stage, await stage.sellInStore('wien-store', people.valerie, [['MALGA-2P', 1]]));
    },
  },
];
