import { z } from 'zod';
import { tariffProblems } from '../../domain/tariffs/tariff-problems';
import type { TariffView } from '../../store/tariff/tariff-row';
import { actorOf, type Principal } from '../authenticate';
import { tariffBody, type TariffBody } from '../contract/tariffs';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { validate } from '../http/validate';
import type { Upload } from '../operation';
import { conflict, invalidInput, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';
import { readTariff } from '../tariff-file/read-tariff';
import { writeTariff } from '../tariff-file/write-tariff';

const idCursor = z.string().max(300);

const nameOf = (id: string): string => `the tariff "${id}"`;

export function createTariffs({ store, settings, now }: ApiDependencies, availability: { forget(): void }) {
  async function find(id: string): Promise<TariffView> {
    const found = await store.findTariff(id);
    if (!found) throw notFound(`There is no tariff with the id "${id}"`);
    return found;
  }

  async function save(principal: Principal, id: string, body: TariffBody, seen?: Seen): Promise<TariffView> {
    const at = now().toISOString();
    const tariff = { ...body, methods: [...new Set(body.methods ?? [body.service])] };
    const { locationIds } = await store.readKnownReferences();
    const problems = tariffProblems(tariff, { carriers: settings.carriers, locationIds });
    if (problems.length > 0) throw invalidInput(problems);
    const saved = await store.saveTariff(
      { id, ...tariff },
      { actor: actorOf(principal), at },
      whileSeen(seen, nameOf(id)),
    );
    if (saved.outcome === 'taken')
      throw conflict(
        `The tariff "${saved.by}" holds for ${body.carrier} ${body.service} on some of these days: let it end before`,
      );
    availability.forget();
    return find(id);
  }

  return {
    find,

    async list({ limit, cursor }: { limit: number; cursor?: string }) {
      const after = decodeCursor(idCursor, cursor);
      return asList(await store.listTariffs({ limit, after }), (tariff) => tariff);
    },

    save,

    /** The whole tariff as a CSV file: all of it, or nothing. */
    async saveFile(
      principal: Principal,
      id: string,
      upload: Upload | undefined,
      seen?: Seen,
    ): Promise<TariffView> {
      const { body, asOfFile } = await readTariff(upload);
      try {
        return await save(principal, id, validate(tariffBody, body), seen);
      } catch (error) {
        throw asOfFile(error);
      }
    },

    /** The tariff as a file of the form in which it is taken in. */
    file: async (id: string): Promise<string> => writeTariff(await find(id)),

    async remove(id: string, seen?: Seen): Promise<void> {
      await store.deleteTariff(id, whileSeen(seen, nameOf(id)));
      availability.forget();
    },
  };
}
