import { people } from '../people';
import { deliver, delivered, onlyPart, untilReleased, type Story } from './steps';

/** Stock that is not there, places that refuse, customers who change their mind before anything leaves. */
export const supplying: Story[] = [
  {
    title: 'sold out, then a receipt supplies it',
    outcome: delivered(2),
    play: async (stage) => {
      await stage.sellOut('ALBA-3');
      const placed = await stage.place({ who: people.elena, items: [['ALBA-3', 2]] });
      if (placed.decision !== 'backordered') throw new Error(`Decided ${placed.decision}, not backordered`);
      await stage.receive('ALBA-3', 'verona-warehouse', 2);
      return deliver(stage, placed);
    },
  },
  {
    title: 'sold out, and still waiting',
    outcome: { status: 'confirmed', decision: 'backordered', pieces: { backordered: 1 }, captured: 0 },
    play: async (stage) => {
      await stage.sellOut('ROSENGARTEN-41');
      const shoppers = [people.tommaso, people.lotte, people.marco];
      await stage.askToBeTold('ROSENGARTEN-41', shoppers, [people.tommaso, people.lotte]);
      return stage.place({ who: people.florian, items: [['ROSENGARTEN-41', 1]] });
    },
  },
  {
    title: 'one piece delivered, the other sold out',
    outcome: (order) => ({
      status: 'confirmed',
      decision: 'backordered',
      pieces: { delivered: 1, backordered: 1 },
      captured:
        order.lines.find(({ sku }) => sku === 'RIA-BOWLS-SAND')!.total.amount + order.shipping.price.amount,
    }),
    play: async (stage) => {
      await stage.sellOut('RIA-BOWLS-SEA');
      await stage.askToBeTold('RIA-BOWLS-SEA', [people.anneke]);
      await stage.receive('RIA-BOWLS-SAND', 'aveiro-ceramics', 1);
      const placed = await stage.place({
        who: people.baptiste,
        items: [
          ['RIA-BOWLS-SAND', 1],
          ['RIA-BOWLS-SEA', 1],
        ],
      });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.pick(part);
      await stage.pack(part);
      await stage.ship(part);
      await stage.carry(placed, part, ['inTransit', 'outForDelivery', 'delivered']);
      return stage.until(placed, 'the first parcel', ({ lines }) =>
        lines.some(({ byState }) => byState.delivered === 1),
      );
    },
  },
  {
    title: 'sold down to the reorder point: more is ordered',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.sellOut('MALGA-2P');
      await stage.receive('MALGA-2P', 'verona-warehouse', 2);
      const there = await deliver(stage, await stage.place({ who: people.paolo, items: [['MALGA-2P', 1]] }));
      await stage.untilReordered('MALGA-2P');
      return there;
    },
  },
  {
    title: 'the store cannot find it: another place sends it',
    outcome: delivered(1, { locations: 1 }),
    play: async (stage) => {
      await stage.receive('CORTINA-STONE-M', 'verona-warehouse', 1);
      await stage.receive('CORTINA-STONE-M', 'venlo-warehouse', 1);
      const placed = await stage.place({ who: people.luca, items: [['CORTINA-STONE-M', 1]] });
      const first = onlyPart(await untilReleased(stage, placed));
      await stage.reject(first, 'Not on the shelf');
      const again = await stage.until(placed, 'another location', ({ fulfillments }) =>
        fulfillments.some(
          ({ locationId, releasedAt }) => locationId !== first.locationId && releasedAt !== null,
        ),
      );
      return deliver(stage, again);
    },
  },
  {
    title: 'cancelled before anybody packed it',
    outcome: { status: 'cancelled', decision: 'cancelled', pieces: { cancelled: 2 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('RIFUGIO-WHITE', 'verona-warehouse', 2);
      const placed = await stage.place({ who: people.tommaso, items: [['RIFUGIO-WHITE', 2]] });
      await untilReleased(stage, placed);
      await stage.cancel(placed, 'Ordered by mistake');
      return stage.until(placed, 'the cancellation', ({ status }) => status === 'cancelled');
    },
  },
  {
    title: 'cancelled when the parcel was packed and booked',
    outcome: { status: 'cancelled', decision: 'cancelled', pieces: { cancelled: 1 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('DOLOMIA-LAKE-L', 'venlo-warehouse', 1);
      const placed = await stage.place({ who: people.lotte, items: [['DOLOMIA-LAKE-L', 1]] });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.pick(part);
      await stage.pack(part);
      await stage.cancel(placed, 'Found it cheaper elsewhere');
      return stage.until(placed, 'the cancellation', ({ status }) => status === 'cancelled');
    },
  },
  {
    title: 'to be picked in Verona',
    outcome: { status: 'confirmed', pieces: { allocated: 3 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('SENTIERO-39', 'verona-warehouse', 2);
      await stage.receive('ROSENGARTEN-39', 'verona-warehouse', 1);
      const items: [string, number][] = [
        ['SENTIERO-39', 2],
        ['ROSENGARTEN-39', 1],
      ];
      return untilReleased(stage, await stage.place({ who: people.giulia, items }));
    },
  },
  {
    title: 'being picked',
    outcome: { status: 'confirmed', pieces: { picking: 1 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('BRENTA-COAL-22', 'verona-warehouse', 1);
      const placed = await stage.place({ who: people.katerina, items: [['BRENTA-COAL-22', 1]] });
      await stage.pick(onlyPart(await untilReleased(stage, placed)));
      return stage.read(placed);
    },
  },
  {
    title: 'packed, waiting for the van',
    outcome: { status: 'confirmed', pieces: { packed: 2 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('PRATO-SAND', 'venlo-warehouse', 2);
      const placed = await stage.place({ who: people.sanne, items: [['PRATO-SAND', 2]] });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.pick(part);
      await stage.pack(part);
      return stage.read(placed);
    },
  },
];
