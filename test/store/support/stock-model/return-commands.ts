import fc from 'fast-check';
import { command, pick, place, which } from './command';
import { moveOn, type Model, type Return } from './model';
import { actor, timeOf } from './real';

const shipped = ({ works }: Model) => works.filter(({ state }) => state === 'shipped');
const returnsThat = ({ returns }: Model, are: Return['state']) =>
  returns.filter(({ state }) => state === are);

const open = command({
  name: 'openReturn',
  args: which,
  isPossible: (model) => shipped(model).length > 0,
  async run(model, real, number, ask) {
    const work = pick(shipped(model), number);
    const id = real.nameOf('return');
    const lines = work.lines.map(({ lineId, quantity }) => ({ lineId, quantity, reason: 'undeliverable' }));
    const question = {
      ...{
        returnId: id,
        orderId: work.orderId,
        lines,
        mode: 'parcel' as const,
        refundTo: 'tenders' as const,
      },
      ...{ cause: 'undeliverable' as const, until: null, actor, at: timeOf(model) },
    };
    await ask(() => real.warehouse.store.openReturn(question), 'opened');
    work.state = 'returned';
    model.returns.push({ id, lines: work.lines, state: 'requested' });
  },
});

/** Wherever they are received, they are in nobody's stock before somebody has looked at them. */
const receive = command({
  name: 'receiveReturn',
  args: fc.record({ which, location: place.location }),
  isPossible: (model) => returnsThat(model, 'requested').length > 0,
  async run(model, real, args, ask) {
    const coming = pick(returnsThat(model, 'requested'), args.which);
    const locationId = pick(model.locations, args.location);
    const question = { returnId: coming.id, locationId, actor, at: timeOf(model) };
    await ask(() => real.warehouse.store.receiveReturn(question), 'done');
    Object.assign(coming, { state: 'received', locationId });
  },
});

const inspect = command({
  name: 'inspectReturn',
  args: fc.record({ which, outcomes: fc.array(outcomes(), { minLength: 1, maxLength: 6 }) }),
  isPossible: (model) => returnsThat(model, 'received').length > 0,
  async run(model, real, args, ask) {
    const back = pick(returnsThat(model, 'received'), args.which);
    const lines = back.lines.flatMap(({ lineId, sku, quantity }) =>
      Array.from({ length: quantity }, (_, piece) => ({
        ...{ lineId, sku, quantity: 1, outcome: pick(args.outcomes, piece) },
      })),
    );
    const named = lines.map(({ lineId, quantity, outcome }) => ({ lineId, quantity, outcome }));
    const question = { returnId: back.id, lines: named, actor, at: timeOf(model) };
    await ask(() => real.warehouse.store.inspectReturn(question), 'done');
    back.state = 'inspected';
    for (const { lineId, sku } of back.lines) {
      const came = lines.filter((each) => each.lineId === lineId && each.outcome !== 'rejected');
      const unsellable = came.filter(({ outcome }) => outcome === 'unsellable').length;
      if (came.length > 0)
        moveOn(model, { sku, locationId: back.locationId! }, { onHand: came.length, unsellable });
    }
  },
});

function outcomes() {
  return fc.constantFrom('restock' as const, 'restock' as const, 'unsellable' as const, 'rejected' as const);
}

export const returnCommands = [open, open, receive, receive, inspect, inspect];
