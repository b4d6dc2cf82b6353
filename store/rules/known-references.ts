import type { KnownReferences } from '../../domain/rules/rule-problem';
import type { Database } from '../connect';
import { readTariffCurrencies } from '../tariff/list-tariffs';

/** What rules may refer to: locations, channels, and the currencies of tariffs that are not over. */
export async function readKnownReferences(db: Database): Promise<Required<KnownReferences>> {
  const [locationIds, channels, tariffCurrencies] = await Promise.all([
    db('locations').pluck('id'),
    db('channels').pluck('code'),
    readTariffCurrencies(db),
  ]);
  return { locationIds, channels, tariffCurrencies };
}
