import { z } from 'zod';
import type { Channel } from '../../domain/catalogue/channel';
import type { Location } from '../../domain/catalogue/location';
import type { Product } from '../../domain/catalogue/product';
import type { Money } from '../../domain/money';
import { formatMoney } from '../../domain/money';
import type { RuleProblem } from '../../domain/rules/rule-problem';
import { conditionWarnings, namesAsked } from '../../domain/rules/warnings';
import { formatDuration } from '../../domain/time/duration';
import type { ChannelBody, LocationBody, ProductBody } from '../contract/catalogue';
import type { AssortmentChangeBody } from '../contract/location-facts';
import { durationMs } from '../contract/text';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, invalidInput, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';
import { holdRuleProblems } from '../rules/check-holds';
import { settingsAnswer, settingsOf } from './channel-settings';
import type { Commands } from './commands';

const idCursor = z.string().max(300);
/** So much of the list is answered to who has changed it. */
const assortmentPage = 50;
type Paging = { limit: number; cursor?: string };

export function createCatalogue({ store }: ApiDependencies, commands: Commands) {
  return {
    async saveProduct(sku: string, body: ProductBody): Promise<Product> {
      const product = { sku, ...body };
      const saved = await store.saveProduct(product);
      if (saved.outcome === 'invalid') throw invalidInput(saved.problems);
      return product;
    },
    async findProduct(sku: string): Promise<Product> {
      return (await store.findProduct(sku)) ?? missing('product', 'SKU', sku);
    },
    async listProducts({ limit, cursor, q }: Paging & { q?: string }) {
      const page = await store.listProducts({ limit, after: decodeCursor(idCursor, cursor), q });
      return asList(page, (product) => product);
    },

    /** With `seen`, only what is still as it was seen is replaced. */
    async saveLocation(id: string, body: LocationBody, seen?: Seen) {
      const { actWithin, ...fields } = body;
      const address = { ...body.address, name: body.address.name ?? body.name };
      const location = { ...fields, id, address, actWithinMs: durationMs(actWithin) };
      await store.saveLocation(location, whileSeen(seen, `the location "${id}"`, locationAnswer));
      return locationAnswer(location);
    },
    async findLocation(id: string) {
      return locationAnswer((await store.findLocation(id)) ?? missing('location', 'id', id));
    },
    async listLocations({ limit, cursor }: Paging) {
      return asList(
        await store.listLocations({ limit, after: decodeCursor(idCursor, cursor) }),
        locationAnswer,
      );
    },

    async replaceAssortment(locationId: string, skus: readonly string[]) {
      const change = { locationId, isWhole: true, add: skus, remove: [], field: 'skus' };
      await commands.answer(await store.changeAssortment(change));
      return assortment(locationId, { limit: assortmentPage });
    },
    async changeAssortment(locationId: string, change: AssortmentChangeBody) {
      await commands.answer(
        await store.changeAssortment({ locationId, isWhole: false, ...change, field: 'add' }),
      );
      return assortment(locationId, { limit: assortmentPage });
    },
    listAssortment: assortment,

    async saveChannel(code: string, body: ChannelBody) {
      const problems = holdRuleProblems(body.settings.holds ?? [], await store.readKnownReferences());
      if (problems.length > 0) throw invalidInput(problems);
      const channel = { code, type: body.type, name: body.name, settings: settingsOf(body.settings) };
      await store.saveChannel(channel);
      return { ...channelAnswer(channel), warnings: await warn(channel) };
    },
    async findChannel(code: string) {
      return channelAnswer((await store.findChannel(code)) ?? missing('channel', 'code', code));
    },
    async listChannels({ limit, cursor }: Paging) {
      return asList(
        await store.listChannels({ limit, after: decodeCursor(idCursor, cursor) }),
        channelAnswer,
      );
    },

    async openGiftCard(code: string, balance: Money) {
      const opened = await store.openGiftCard({ code, balance });
      if (opened.outcome === 'differs')
        throw conflict(`The code is in use already; it was opened with ${formatMoney(opened.opening, 'en')}`);
      return giftCard(code);
    },
    findGiftCard: giftCard,
  };

  /** What nothing has now that the rules of holds name. */
  async function warn({ settings: { holds = [] } }: Channel): Promise<RuleProblem[]> {
    if (holds.length === 0) return [];
    const known = await store.readKnownNames(namesAsked(holds.map(({ when }) => when)));
    return holds.flatMap(({ when }, index) =>
      conditionWarnings(when, `/settings/holds/${index}/when`, known),
    );
  }

  async function assortment(locationId: string, { limit, cursor }: Paging) {
    if (!(await store.findLocation(locationId))) return missing('location', 'id', locationId);
    const page = await store.listAssortment({ locationId, limit, after: decodeCursor(idCursor, cursor) });
    return asList(page, (item) => item);
  }

  async function giftCard(code: string) {
    const account = (await store.findCreditAccount(code)) ?? missing('gift card', 'code', code);
    return { code: account.code, balance: account.balance, held: account.held };
  }
}

function missing(what: string, by: string, value: string): never {
  throw notFound(`There is no ${what} with the ${by} "${value}"`);
}

const locationAnswer = ({ actWithinMs, ...location }: Location) => ({
  ...location,
  actWithin: formatDuration(actWithinMs),
});

const channelAnswer = ({ settings, ...channel }: Channel) => ({
  ...channel,
  settings: settingsAnswer(settings),
});
