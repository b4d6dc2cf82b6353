import { reservationIdOf } from '../../domain/ids';
import type { Location } from '../../domain/catalogue/location';
import type { SourcingDecision, SourcingRequest } from '../../domain/sourcing/types';
import { withShipping } from '../../domain/sourcing/with-shipping';
import { sourceCart } from '../../domain/sourcing/source-cart';
import { rulesOfCart } from '../../domain/rules/cart';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { asksHowBusy } from '../../domain/rules/asks';
import type { RuleSet } from '../../domain/rules/types';
import { usualReservationMs } from '../../domain/stock/reservation';
import { formatDuration } from '../../domain/time/duration';
import { isSameReservation } from '../../store/reservation/hold-reservation';
import type { ReservationView } from '../../store/reservation/reservation-view';
import { actorOf, type Principal } from '../authenticate';
import type { ReservationBody } from '../contract/reservations';
import { durationMs } from '../contract/text';
import type { ApiDependencies } from '../dependencies';
import { conflict, forbidden, invalidInput, notFound, outOfStock, type FieldError } from '../problem';
import type { Commands } from './commands';

/** Stock moves between looking and holding; after so many looks something else is wrong. */
const looks = 25;

export function createReservations({ store, settings, now }: ApiDependencies, commands: Commands) {
  const differs = (id: string) =>
    conflict(`The id "${id}" names another reservation already: look at it, or choose another id`);

  async function find({ role, boundTo }: Principal, id: string): Promise<ReservationView> {
    const found = await store.findReservation(id);
    const isForeign = role === 'channel' && boundTo !== null && found?.channel !== boundTo;
    if (!found || isForeign) throw notFound(`There is no reservation "${id}"`);
    return found;
  }

  function untilAfter(ttl: string | undefined): string {
    const ms = ttl === undefined ? Math.min(usualReservationMs, settings.reserveAtMostMs) : durationMs(ttl);
    if (ms > settings.reserveAtMostMs) {
      const detail = `Pieces are held for ${formatDuration(settings.reserveAtMostMs)} at most: extend it while the customer is there`;
      throw invalidInput([{ pointer: '/ttl', detail }]);
    }
    return new Date(now().getTime() + ms).toISOString();
  }

  /** Problems with what is named and does not exist; how an order of the channel would be sourced when all does. */
  async function rulesOf({ channel: code, locationId, lines }: ReservationBody): Promise<Rules> {
    const [channel, location, known, inForce] = await Promise.all([
      store.findChannel(code),
      locationId === undefined ? null : store.findLocation(locationId),
      store.knownSkus(lines.map(({ sku }) => sku)),
      store.findRulesInForce(),
    ]);
    const problems: FieldError[] = [];
    if (!channel) problems.push({ pointer: '/channel', detail: `No channel has the code "${code}"` });
    if (locationId !== undefined && !location?.capabilities.includes('pickup'))
      problems.push({
        pointer: '/locationId',
        detail: `"${locationId}" is no store that customers collect at`,
      });
    lines.forEach(({ sku }, index) => {
      if (!known.includes(sku))
        problems.push({ pointer: `/lines/${index}/sku`, detail: `No product has the SKU "${sku}"` });
    });
    if (problems.length > 0) throw invalidInput(problems);
    const { type, settings: own } = channel!;
    // A channel that names its strategy has chosen a built-in rule set.
    const rules = own.strategy === undefined ? inForce?.rules : undefined;
    return {
      channelType: type,
      rules: rules ?? builtInRuleSets[own.strategy ?? 'fewestSplitsThenNearest'],
      location,
    };
  }

  async function choose(id: string, body: ReservationBody, { rules, channelType, location }: Rules) {
    const { channel, country = '', locationId } = body;
    const at = now().toISOString();
    const skus = body.lines.map(({ sku }) => sku);
    const seen = await store.readSourcingFacts({
      ...{ orderId: id, channel, skus, currency: rules.currency },
      ...(asksHowBusy(rules) && { loadAt: at }),
    });
    const lines = body.lines.map(({ sku, quantity }, index) => ({ lineId: `${index}`, sku, quantity }));
    const mode = locationId === undefined ? ('ship' as const) : ('pickup' as const);
    const request: SourcingRequest = {
      ...{
        strategy: 'fewestSplitsThenNearest',
        ruleSet: rulesOfCart(rules, body.country),
        mode,
        pickupLocationId: locationId ?? null,
      },
      ...{ destination: { country, point: null }, excluded: [], lines, today: at.slice(0, 10) },
      candidates: seen.candidates.map((each) => withShipping(each, seen.calendars[each.locationId], at)),
      order: {
        ...{ channel, channelType, country, mode, at },
        lines: lines.map((line) => ({ ...line, ...seen.products[line.sku] })),
      },
    };
    const decision = sourceCart(request, location);
    if (decision.short.length > 0) throw outOfStock(whatThereIs(body, decision));
    return decision.assignments.flatMap(({ locationId, lines }) =>
      lines.map(({ sku, quantity }) => {
        const keepBack = seen.keepBack[locationId]?.[sku] ?? 0;
        return { sku, locationId, quantity, keepBack };
      }),
    );
  }

  return {
    find,

    /** Chooses places as for an order and holds the pieces there. */
    async hold(principal: Principal, body: ReservationBody, key: string): Promise<ReservationView> {
      if (principal.boundTo !== null && principal.boundTo !== body.channel)
        throw forbidden(`This key reserves for the channel "${principal.boundTo}" alone`);
      const id = body.id ?? reservationIdOf(key);
      const expiresAt = untilAfter(body.ttl);
      const { channel, lines, country = null, locationId = null } = body;
      const content = { channel, lines, country, locationId };
      const known = await store.findReservation(id);
      if (known && !isSameReservation(known, content)) throw differs(id);
      if (known) return known;
      const rules = await rulesOf(body);
      for (let look = 1; look <= looks; look += 1) {
        const pieces = await choose(id, body, rules);
        const made = {
          id,
          ...content,
          pieces,
          expiresAt,
          actor: actorOf(principal),
          at: now().toISOString(),
        };
        const { outcome } = await store.holdReservation(made);
        if (outcome === 'differs') throw differs(id);
        if (outcome === 'held') return find(principal, id);
      }
      throw conflict('The stock keeps moving: try again');
    },

    async extend(principal: Principal, id: string, ttl?: string): Promise<ReservationView> {
      await find(principal, id);
      await commands.answer(await store.extendReservation({ id, until: untilAfter(ttl) }));
      return find(principal, id);
    },

    async release(principal: Principal, id: string): Promise<ReservationView> {
      await find(principal, id);
      const command = { id, actor: actorOf(principal), at: now().toISOString() };
      await commands.answer(await store.releaseReservation(command));
      return find(principal, id);
    },
  };
}

/** How an order of the cart's channel would be sourced. */
interface Rules {
  channelType: string;
  rules: RuleSet;
  /** Where it is to be collected. */
  location: Location | null;
}

/** Of each line, in their order: how much of it could be held. */
const whatThereIs = ({ lines }: ReservationBody, { short }: Pick<SourcingDecision, 'short'>): FieldError[] =>
  lines.flatMap(({ sku, quantity }, index) => {
    const missing = short.find(({ lineId }) => lineId === `${index}`)?.quantity ?? 0;
    if (missing === 0) return [];
    const detail = `Only ${quantity - missing} of "${sku}" are available: ${quantity} cannot be held`;
    return [{ pointer: `/lines/${index}/quantity`, detail }];
  });
