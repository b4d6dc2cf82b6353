import type { CarrierEventsBody } from '../contract/outside';
import type { ApiDependencies } from '../dependencies';
import type { Commands } from './commands';

export function createCarriers({ store, now }: ApiDependencies, commands: Commands) {
  return {
    /** Records what a carrier reports; each event is answered by itself. */
    async recordEvents(carrier: string, { events }: CarrierEventsBody) {
      const reports = events.map(({ occurredAt, ...event }) => ({
        ...event,
        occurredAt: new Date(occurredAt).toISOString(),
      }));
      const { answers, signals } = await store.recordCarrierEvents({
        carrier,
        reports,
        at: now().toISOString(),
      });
      await commands.deliver(signals);
      return {
        results: answers.map((answer, index) => ({
          index,
          ...answer,
          ...(answer.outcome === 'unknownParcel' && { detail: 'No parcel of ours has this tracking number' }),
        })),
      };
    },
  };
}
