import { z } from 'zod';
import { tariffProblems } from '../../domain/tariffs/tariff-problems';
import type { TariffView } from '../../store/tariff/tariff-row';
import { actorOf, type Principal } from '../authenticate';
import type { TariffBody } from '../contract/tariffs';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, invalidInput, notFound } from '../problem';

const idCursor = z.string().max(300);

export function createTariffs({ store, settings, now }: ApiDependencies, availability: { forget(): void }) {
  async function find(id: string): Promise<TariffView> {
    const found = await store.findTariff(id);
    if (!found) throw notFound(`There is no tariff with the id "${id}"`);
    return found;
  }

  return {
    find,

    async list({ limit, cursor }: { limit: number; cursor?: string }) {
      const after = decodeCursor(idCursor, cursor);
      return asList(await store.listTariffs({ limit, after }), (tariff) => tariff);
    },

    async save(principal: Principal, id: string, body: TariffBody): Promise<TariffView> {
      const at = now().toISOString();
      const tariff = { ...body, methods: [...new Set(body.methods ?? [body.service])] };
      const { locationIds } = await store.readKnownReferences();
      const problems = tariffProblems(tariff, { carriers: settings.carriers, locationIds });
      if (problems.length > 0) throw invalidInput(problems);
      const saved = await store.saveTariff({ id, ...tariff }, { actor: actorOf(principal), at });
      if (saved.outcome === 'taken')
        throw conflict(
          `The tariff "${saved.by}" holds for ${body.carrier} ${body.service} on some of these days: let it end before`,
        );
      availability.forget();
      return find(id);
    },

    async remove(id: string): Promise<void> {
      await store.deleteTariff(id);
      availability.forget();
    },
  };
}
