import { z } from 'zod';
import type { BufferView } from '../../store/buffer/buffer-row';
import { actorOf, type Principal } from '../authenticate';
import type { BufferBody } from '../contract/buffers';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';
import type { Commands } from './commands';

const idCursor = z.string().max(300);

const nameOf = (id: string): string => `the buffer "${id}"`;

export function createBuffers({ store, now }: ApiDependencies, commands: Commands) {
  async function find(id: string): Promise<BufferView> {
    const found = await store.findBuffer(id);
    if (!found) throw notFound(`There is no channel buffer with the id "${id}"`);
    return found;
  }

  return {
    find,

    async list({ limit, cursor }: { limit: number; cursor?: string }) {
      const after = decodeCursor(idCursor, cursor);
      return asList(await store.listBuffers({ limit, after }), (buffer) => buffer);
    },

    async save(principal: Principal, id: string, body: BufferBody, seen?: Seen): Promise<BufferView> {
      const by = { actor: actorOf(principal), at: now().toISOString() };
      const saved = await store.saveBuffer({ id, ...body }, by, whileSeen(seen, nameOf(id)));
      if (saved.outcome === 'taken')
        throw conflict(
          `The buffer "${saved.by}" is for exactly these goods already: change or delete that one`,
        );
      await commands.answer(saved);
      return find(id);
    },

    async remove(id: string, seen?: Seen): Promise<void> {
      await commands.deliver(await store.deleteBuffer(id, now().toISOString(), whileSeen(seen, nameOf(id))));
    },
  };
}
