import type { Tariff } from './tariff';

/** Tariffs that were read for several destinations: each once, with all of its zones that lead to any of them. */
export function joinTariffs(tariffs: readonly Tariff[]): Tariff[] {
  const joined = new Map<string, Tariff>();
  for (const tariff of tariffs) {
    const known = joined.get(tariff.id);
    const zones = known?.zones ?? [];
    const added = tariff.zones.filter(({ code }) => !zones.some((zone) => zone.code === code));
    joined.set(tariff.id, { ...tariff, zones: [...zones, ...added] });
  }
  return [...joined.values()];
}
