import { by, card, eur } from '../basket';
import { people } from '../people';
import { bring, deliver, delivered, send, untilReleased, type Story } from './steps';

/** Money in all its moods. */
export const paying: Story[] = [
  {
    title: 'the card is declined',
    outcome: { status: 'cancelled', decision: 'declined', pieces: { cancelled: 1 }, captured: 0 },
    play: async (stage) => {
      const placed = await stage.place({
        who: people.oliver,
        items: [['LARIO-200', 1]],
        pay: card('tok_declined'),
      });
      return stage.until(placed, 'the cancellation', ({ status }) => status === 'cancelled');
    },
  },
  {
    title: 'the bank answers too late, and all is well',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('LARIO-260', 'verona-warehouse', 1);
      const pay = card('tok_timeout_after_success');
      return deliver(stage, await stage.place({ who: people.beatrice, items: [['LARIO-260', 1]], pay }));
    },
  },
  {
    title: 'the provider is down twice, and all is well',
    outcome: delivered(1),
    play: async (stage) => {
      await stage.receive('BRENTA-MOSS-22', 'venlo-warehouse', 1);
      const pay = card('tok_unavailable_twice');
      return deliver(stage, await stage.place({ who: people.lotte, items: [['BRENTA-MOSS-22', 1]], pay }));
    },
  },
  {
    title: 'sent, and the capture is declined',
    outcome: { status: 'confirmed', pieces: { delivered: 1 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('FUCINA-24', 'verona-warehouse', 1);
      const placed = await stage.place({
        who: people.paolo,
        items: [['FUCINA-24', 1]],
        pay: card('tok_capture_declined'),
      });
      await bring(stage, await send(stage, placed));
      return stage.until(placed, 'the delivery', ({ fulfillments }) =>
        fulfillments.every(({ status }) => status === 'delivered'),
      );
    },
  },
  {
    title: 'paid by bank transfer',
    outcome: delivered(2),
    play: async (stage) => {
      await stage.receive('RIA-PLATES-SEA', 'aveiro-ceramics', 2);
      const items: [string, number][] = [['RIA-PLATES-SEA', 2]];
      const placed = await stage.place({ who: people.nuria, items, pay: by('bankTransfer') });
      await stage.payTransfer(placed);
      return deliver(stage, placed);
    },
  },
  {
    title: 'the transfer came in part, the rest is awaited',
    outcome: { status: 'confirmed', pieces: { allocated: 1 }, captured: 5_000 },
    play: async (stage) => {
      await stage.receive('KLINGE-BREAD', 'solingen-blades', 1);
      const placed = await stage.place({
        who: people.jonas,
        items: [['KLINGE-BREAD', 1]],
        pay: by('bankTransfer'),
      });
      await stage.payTransfer(placed, 5_000);
      return stage.until(placed, 'the booking', ({ payments }) => payments[0]!.captured.amount > 0);
    },
  },
  {
    title: 'half by gift card, half by card',
    outcome: delivered(2),
    play: async (stage) => {
      await stage.receive('SORGENTE-NIGHT-075', 'verona-warehouse', 2);
      const code = `CIMA-${Date.now().toString(36).toUpperCase()}`;
      await stage.openGiftCard(code, 3_000);
      const placed = await stage.place({
        who: people.marco,
        items: [['SORGENTE-NIGHT-075', 2]],
        pay: (total) => [
          { method: 'giftCard', amount: eur(3_000), token: code },
          { method: 'card', amount: eur(total - 3_000), token: 'tok_ok' },
        ],
      });
      return deliver(stage, placed);
    },
  },
  {
    title: 'cash on delivery',
    outcome: delivered(2),
    play: async (stage) => {
      await stage.receive('GARDA-05', 'verona-warehouse', 1);
      await stage.receive('CASTAGNO-500', 'verona-warehouse', 1);
      const placed = await stage.place({
        who: people.chiara,
        items: [
          ['GARDA-05', 1],
          ['CASTAGNO-500', 1],
        ],
        pay: by('cashOnDelivery'),
      });
      return deliver(stage, placed);
    },
  },
  {
    title: 'a large basket is held, looked at and released',
    outcome: delivered(6),
    play: async (stage) => {
      await stage.receive('ROSENGARTEN-44', 'verona-warehouse', 6);
      const placed = await stage.place({ who: people.katerina, items: [['ROSENGARTEN-44', 6]] });
      if (placed.status !== 'onHold') throw new Error(`A basket of ${placed.total.amount} was not held`);
      await stage.release(placed);
      return deliver(stage, placed);
    },
  },
  {
    title: 'held by support: the customer asked to wait',
    outcome: { status: 'onHold', pieces: { allocated: 1 }, captured: 0 },
    play: async (stage) => {
      await stage.receive('BAITA-RUST', 'verona-warehouse', 1);
      const placed = await stage.place({ who: people.florian, items: [['BAITA-RUST', 1]] });
      await untilReleased(stage, placed);
      await stage.hold(placed, 'The customer moves house and will call back on Monday');
      return stage.until(placed, 'the hold', ({ status }) => status === 'onHold');
    },
  },
];
