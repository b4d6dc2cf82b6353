import { z } from 'zod';
import { actorOf, type Principal } from '../authenticate';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { notFound } from '../problem';

const findingCursor = z.object({
  receivedAt: z.iso.datetime(),
  provider: z.string().max(300),
  noticeId: z.string().max(300),
});

export function createPayments({ store, noticeReaders, now }: ApiDependencies) {
  return {
    /** Takes in what a provider reports; its signature was verified before. */
    receiveNotice(provider: string, id: string, payload: { type: string }) {
      const read = noticeReaders[provider]?.(payload) ?? { outcome: 'irrelevant' as const };
      return store.receiveNotice({
        provider,
        id,
        type: payload.type,
        payload,
        read,
        at: now().toISOString(),
      });
    },

    /** Notices that somebody has to look at, oldest first. */
    async listFindings({ limit, cursor }: { limit: number; cursor?: string }) {
      const after = decodeCursor(findingCursor, cursor);
      return asList(await store.listFindings({ limit, after }), (finding) => finding);
    },

    async resolveFinding(
      principal: Principal,
      { provider, noticeId }: { provider: string; noticeId: string },
    ) {
      const found = await store.resolveFinding({
        provider,
        noticeId,
        actor: actorOf(principal),
        at: now().toISOString(),
      });
      if (!found) throw notFound(`There is no finding "${noticeId}" of the provider "${provider}"`);
    },
  };
}
