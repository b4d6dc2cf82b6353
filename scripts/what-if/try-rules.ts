import { readOlistTables, type OlistTables } from '../replay/olist/tables';
import { ranked, realNetwork, spreadNetwork } from './network';
import { freightsOf, readPast, type Past } from './past-orders';
import { play } from './play';
import { triedRuleSets } from './rule-sets';
import { fitTariff } from './tariff';
import type { Findings } from './write-report';

export const tryOlist = (folder: string, places: number): Findings =>
  tryTables(readOlistTables(folder), places);

/** Plays all orders of the file in both networks under each rule set. Pure: the same rows find the same. */
export function tryTables(tables: OlistTables, places: number): Findings {
  const past = readPast(tables);
  const tariff = fitTariff(past, freightsOf(tables, past));
  const priorities = new Map(ranked(soldBy(past)).map((seller, rank) => [seller, rank + 1]));
  const weighedBy = triedRuleSets.at(-1)!.rules;
  const networks = [
    { title: 'The network as it was', network: realNetwork(past) },
    { title: 'Stock spread over sellers of the category', network: spreadNetwork(past, places) },
  ].map(({ title, network }) => ({
    ...{ title, network },
    played: triedRuleSets.map(({ rules }) => play({ past, network, tariff, priorities, weighedBy }, rules)),
  }));
  const freight = past.orders.reduce((sum, order) => sum + order.freight, 0);
  return { past, tariff, freight, places, networks };
}

function soldBy({ orders }: Past): Map<string, number> {
  const sold = new Map<string, number>();
  for (const { lines } of orders)
    for (const { sellerId, quantity } of lines) sold.set(sellerId, (sold.get(sellerId) ?? 0) + quantity);
  return sold;
}
