import { by, card } from '../basket';
import { people } from '../people';
import {
  bring,
  deliver,
  delivered,
  onlyPart,
  send,
  untilDelivered,
  untilReleased,
  type Story,
} from './steps';

const hasCode = ({ pickupCode }: { pickupCode: string | null }): boolean => pickupCode !== null;

/** What goes well: every channel, every way to the customer. */
export const selling: Story[] = [
  {
    title: 'a rain jacket by card',
    outcome: delivered(1, { decision: 'confirmed' }),
    play: async (stage) => {
      await stage.receive('DOLOMIA-PINE-M', 'verona-warehouse', 1);
      return deliver(stage, await stage.place({ who: people.giulia, items: [['DOLOMIA-PINE-M', 1]] }));
    },
  },
  {
    title: 'mugs and a moka pot, express',
    outcome: delivered(5),
    play: async (stage) => {
      await stage.receive('RIFUGIO-BLUE', 'venlo-warehouse', 4);
      await stage.receive('ALBA-6', 'venlo-warehouse', 1);
      const items: [string, number][] = [
        ['RIFUGIO-BLUE', 4],
        ['ALBA-6', 1],
      ];
      return deliver(stage, await stage.place({ who: people.sanne, shipping: 'express', items }));
    },
  },
  {
    title: 'boots by PayPal',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('ROSENGARTEN-43', 'venlo-warehouse', 1);
      const items: [string, number][] = [['ROSENGARTEN-43', 1]];
      return deliver(stage, await stage.place({ who: people.anneke, items, pay: by('paypal') }));
    },
  },
  {
    title: 'a tent on instalments',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('MALGA-3P', 'verona-warehouse', 1);
      const pay = (total: number) => [
        { method: 'instalments' as const, amount: { amount: total, currency: 'EUR' }, instalments: 6 },
      ];
      return deliver(stage, await stage.place({ who: people.theresa, items: [['MALGA-3P', 1]], pay }));
    },
  },
  {
    title: 'a marketplace order, handed in twice',
    outcome: delivered(2),
    play: async (stage) => {
      await stage.receive('SORGENTE-STEEL-05', 'verona-warehouse', 2);
      const order = await stage.place({
        who: people.lukasz,
        channel: 'marketplace',
        items: [['SORGENTE-STEEL-05', 2]],
      });
      const again = await stage.placeAgain(order);
      if (again !== order.id) throw new Error('The second hand-over made another order');
      return deliver(stage, order);
    },
  },
  {
    title: 'a partner sells, we send',
    outcome: delivered(3),
    play: async (stage) => {
      await stage.receive('SENTIERO-42', 'verona-warehouse', 3);
      const items: [string, number][] = [['SENTIERO-42', 3]];
      return deliver(
        stage,
        await stage.place({ who: people.ines, channel: 'partner', items, note: 'Gift wrap' }),
      );
    },
  },
  {
    title: 'mugs for herself, and a moka pot for her uncle in Napoli',
    outcome: delivered(3),
    play: async (stage) => {
      await stage.receive('RIFUGIO-BLUE', 'verona-warehouse', 2);
      await stage.receive('ALBA-6', 'verona-warehouse', 1);
      const gift = { to: people.paolo, items: [['ALBA-6', 1]] as [string, number][] };
      const placed = await stage.place({ who: people.giulia, items: [['RIFUGIO-BLUE', 2]], gift });
      return deliver(stage, placed, 2);
    },
  },
  {
    title: 'two cartons for one order',
    outcome: delivered(4, { locations: 1 }),
    play: async (stage) => {
      await stage.receive('PRATO-OLIVE', 'venlo-warehouse', 4);
      const placed = await stage.place({ who: people.miriam, items: [['PRATO-OLIVE', 4]] });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.pick(part);
      await stage.pack(part, 2);
      await stage.ship(part);
      await bring(stage, await stage.read(placed));
      return untilDelivered(stage, placed);
    },
  },
  {
    title: 'split over two suppliers',
    outcome: delivered(3, { locations: 2 }),
    play: async (stage) => {
      await stage.receive('KLINGE-CHEF-20', 'solingen-blades', 1);
      await stage.receive('RIA-PLATES-SAND', 'aveiro-ceramics', 2);
      const items: [string, number][] = [
        ['KLINGE-CHEF-20', 1],
        ['RIA-PLATES-SAND', 2],
      ];
      return deliver(stage, await stage.place({ who: people.camille, items }), 2);
    },
  },
  {
    title: 'split, and only the first parcel has left',
    outcome: (order) => ({
      status: 'confirmed',
      pieces: { shipped: 1, allocated: 1 },
      // The fee goes with what leaves first.
      captured: order.lines.find(({ sku }) => sku === 'LUME-300')!.total.amount + order.shipping.price.amount,
      locations: 2,
    }),
    play: async (stage) => {
      await stage.receive('LUME-300', 'verona-warehouse', 1);
      await stage.receive('RIA-BOWLS-SAND', 'aveiro-ceramics', 1);
      const placed = await stage.place({
        who: { ...people.tommaso, name: 'Tommaso Grandi UNDERWAY' },
        items: [
          ['LUME-300', 1],
          ['RIA-BOWLS-SAND', 1],
        ],
      });
      const released = await untilReleased(stage, placed, 2);
      const first = released.fulfillments.find(({ lines }) => lines[0]!.sku === 'LUME-300')!;
      await stage.pick(first);
      await stage.pack(first);
      await stage.ship(first);
      await stage.carry(placed, first, ['inTransit']);
      return stage.until(placed, 'the capture', ({ payments }) => payments[0]!.captured.amount > 0);
    },
  },
  {
    title: 'ordered online, collected in Milano',
    outcome: delivered(1, { locations: 1 }),
    play: async (stage) => {
      await stage.receive('BAITA-SNOW', 'milano-store', 1);
      const placed = await stage.place({
        who: people.elena,
        items: [['BAITA-SNOW', 1]],
        collectAt: 'milano-store',
      });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.pick(part);
      await stage.ready(part);
      const ready = await stage.until(placed, 'the pickup code', (now) => onlyPart(now).pickupCode !== null);
      await stage.collect(part, onlyPart(ready).pickupCode!);
      return untilDelivered(stage, placed);
    },
  },
  {
    title: 'collected in Lyon: a bottle from its shelf, socks that Verona sent there',
    outcome: delivered(2, { decision: 'confirmed' }),
    play: async (stage) => {
      await stage.sellOut('SENTIERO-45');
      await stage.receive('SORGENTE-STEEL-075', 'lyon-store', 1);
      await stage.receive('SENTIERO-45', 'verona-warehouse', 1);
      const items: [string, number][] = [
        ['SORGENTE-STEEL-075', 1],
        ['SENTIERO-45', 1],
      ];
      const placed = await stage.place({ who: people.camille, items, collectAt: 'lyon-store' });
      const begun = await untilReleased(stage, placed, 2);
      const own = begun.fulfillments.find(({ mode }) => mode === 'pickup')!;
      const sent = begun.fulfillments.find(({ mode }) => mode === 'shipToStore')!;
      await stage.ready(own);
      await stage.pick(sent);
      await stage.pack(sent);
      await stage.ship(sent);
      await stage.arrive(sent);
      const ready = await stage.until(placed, 'the pickup code', (now) => now.fulfillments.some(hasCode));
      const pickup = ready.fulfillments.find(hasCode)!;
      await stage.collect(pickup, pickup.pickupCode!);
      return untilDelivered(stage, placed);
    },
  },
  {
    title: 'lies ready to be collected in Wien',
    outcome: { status: 'confirmed', pieces: { readyForPickup: 2 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('RIFUGIO-GREEN', 'wien-store', 2);
      const placed = await stage.place({
        who: people.valerie,
        items: [['RIFUGIO-GREEN', 2]],
        collectAt: 'wien-store',
      });
      const part = onlyPart(await untilReleased(stage, placed));
      await stage.ready(part);
      return stage.read(placed);
    },
  },
  {
    title: 'ordered at the till in München, sent home',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('CORTINA-STONE-L', 'muenchen-store', 1);
      const items: [string, number][] = [['CORTINA-STONE-L', 1]];
      return deliver(stage, await stage.place({ who: people.severin, channel: 'pos', items }));
    },
  },
  {
    title: 'still on the road',
    outcome: { status: 'confirmed', pieces: { shipped: 1 }, captured: 'all' },
    play: async (stage) => {
      await stage.receive('NOTTE-R', 'venlo-warehouse', 1);
      const placed = await stage.place({
        who: { ...people.pieter, name: 'Pieter Hoekstra UNDERWAY' },
        items: [['NOTTE-R', 1]],
        pay: card('tok_ok', 3),
      });
      const sent = await send(stage, placed);
      await stage.carry(placed, onlyPart(sent), ['inTransit']);
      return stage.until(placed, 'the capture', ({ paymentStatus }) => paymentStatus === 'captured');
    },
  },
];
