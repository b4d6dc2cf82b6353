import { by } from '../basket';
import { people } from '../people';
import { deliver, send, untilOver, untilReturned, type Story } from './steps';

/** What comes back, and the money with it. */
export const returning: Story[] = [
  {
    title: 'sent back, refunded to the card',
    outcome: {
      status: 'confirmed',
      pieces: { returned: 1 },
      captured: 'all',
      refunded: 'all',
      returns: ['refunded'],
    },
    play: async (stage) => {
      await stage.receive('DOLOMIA-PINE-XL', 'verona-warehouse', 1);
      const placed = await stage.place({ who: people.jonas, items: [['DOLOMIA-PINE-XL', 1]] });
      const there = await deliver(stage, placed);
      const back = await stage.requestReturn(
        there,
        [['DOLOMIA-PINE-XL', 1, 'Too large']],
        'parcel',
        'tenders',
      );
      await stage.receiveReturn(back.id);
      await stage.inspect(back, [['DOLOMIA-PINE-XL', 1, 'restock']]);
      return untilReturned(stage, placed);
    },
  },
  {
    title: 'brought back to the store for store credit',
    outcome: (order) => ({
      status: 'confirmed',
      pieces: { delivered: 1, returned: 1 },
      captured: 'all',
      refunded: order.lines[0]!.total.amount / 2,
      returns: ['refunded'],
    }),
    play: async (stage) => {
      await stage.receive('CORTINA-STONE-S', 'milano-store', 2);
      const placed = await stage.place({ who: people.marco, items: [['CORTINA-STONE-S', 2]] });
      const there = await deliver(stage, placed);
      const lines: [string, number, string][] = [['CORTINA-STONE-S', 1, 'One was for a friend who has it']];
      const back = await stage.requestReturn(there, lines, 'store', 'storeCredit');
      await stage.receiveReturn(back.id, 'milano-store');
      await stage.inspect(back, [['CORTINA-STONE-S', 1, 'restock']]);
      return untilReturned(stage, placed);
    },
  },
  {
    title: 'two of three come back, one of them broken',
    outcome: (order) => ({
      status: 'confirmed',
      pieces: { delivered: 1, returned: 2 },
      captured: 'all',
      refunded: (order.lines[0]!.total.amount / 3) * 2,
      returns: ['refunded'],
    }),
    play: async (stage) => {
      await stage.receive('SORGENTE-NIGHT-05', 'venlo-warehouse', 3);
      const placed = await stage.place({ who: people.miriam, items: [['SORGENTE-NIGHT-05', 3]] });
      const there = await deliver(stage, placed);
      const back = await stage.requestReturn(
        there,
        [['SORGENTE-NIGHT-05', 2, 'One leaks, one is too many']],
        'parcel',
        'tenders',
      );
      await stage.receiveReturn(back.id);
      await stage.inspect(back, [
        ['SORGENTE-NIGHT-05', 1, 'restock'],
        ['SORGENTE-NIGHT-05', 1, 'unsellable'],
      ]);
      return untilReturned(stage, placed);
    },
  },
  {
    title: 'arrived broken: refunded, and kept',
    outcome: (order) => ({
      status: 'confirmed',
      // Nothing comes back, so nothing is returned.
      pieces: { delivered: 2 },
      captured: 'all',
      refunded: order.lines[0]!.total.amount / 2,
      returns: ['refunded'],
    }),
    play: async (stage) => {
      await stage.receive('RIA-PLATES-SAND', 'aveiro-ceramics', 2);
      const placed = await stage.place({ who: people.ines, items: [['RIA-PLATES-SAND', 2]] });
      const there = await deliver(stage, placed);
      await stage.requestReturn(there, [['RIA-PLATES-SAND', 1, 'A plate is broken']], 'keep', 'tenders');
      return untilReturned(stage, placed);
    },
  },
  {
    title: 'the return label is with the customer',
    outcome: {
      status: 'confirmed',
      pieces: { delivered: 2 },
      captured: 'all',
      returns: ['requested'],
    },
    play: async (stage) => {
      await stage.receive('LUME-300', 'verona-warehouse', 2);
      const placed = await stage.place({ who: people.lukasz, items: [['LUME-300', 2]] });
      const there = await deliver(stage, placed);
      await stage.requestReturn(there, [['LUME-300', 1, 'Too bright']], 'parcel', 'tenders');
      return stage.until(placed, 'the return label', ({ returns }) => returns[0]?.labelDocumentId != null);
    },
  },
  {
    title: 'inspected and refused: it was worn',
    outcome: {
      status: 'confirmed',
      pieces: { delivered: 1 },
      captured: 'all',
      returns: ['rejected'],
    },
    play: async (stage) => {
      await stage.receive('ROSENGARTEN-42', 'verona-warehouse', 1);
      const placed = await stage.place({ who: people.paolo, items: [['ROSENGARTEN-42', 1]] });
      const there = await deliver(stage, placed);
      const lines: [string, number, string][] = [['ROSENGARTEN-42', 1, 'They pinch']];
      const back = await stage.requestReturn(there, lines, 'parcel', 'tenders');
      await stage.receiveReturn(back.id);
      await stage.inspect(back, [['ROSENGARTEN-42', 1, 'rejected']]);
      return untilReturned(stage, placed);
    },
  },
  {
    title: 'nobody at home: the parcel came back and was refunded',
    outcome: {
      status: 'completed',
      pieces: { returned: 1 },
      captured: 'all',
      refunded: 'all',
      returns: ['refunded'],
    },
    play: async (stage) => {
      await stage.receive('BRENTA-MOSS-35', 'venlo-warehouse', 1);
      const items: [string, number][] = [['BRENTA-MOSS-35', 1]];
      const placed = await stage.place({ who: people.pieter, items, fate: 'RETURNED', pay: by('paypal') });
      const sent = await send(stage, placed);
      await stage.carry(sent, sent.fulfillments[0]!, ['inTransit', 'outForDelivery', 'failed', 'returned']);
      const undelivered = await stage.until(
        sent,
        'the parcel to come back',
        ({ returns }) => returns.length > 0,
      );
      const [back] = undelivered.returns;
      await stage.receiveReturn(back!.id);
      await stage.inspect(back!, [['BRENTA-MOSS-35', 1, 'restock']]);
      return untilOver(stage, placed);
    },
  },
  {
    title: 'the carrier lost it: refunded without a return',
    outcome: (order) => ({
      status: 'completed',
      pieces: order.lines[0]!.byState,
      captured: 'all',
      refunded: 'all',
      returns: ['refunded'],
    }),
    play: async (stage) => {
      await stage.receive('KLINGE-CHEF-16', 'solingen-blades', 1);
      const placed = await stage.place({ who: people.anneke, items: [['KLINGE-CHEF-16', 1]], fate: 'LOST' });
      const sent = await send(stage, placed);
      await stage.carry(sent, sent.fulfillments[0]!, ['inTransit', 'lost']);
      return untilOver(stage, placed);
    },
  },
];
