import type { ConsoleDependencies } from '../dependencies';

/** In whose name a page for people outside is shown: that of the mails. A channel without a brand has its own name. */
export async function brandOf(
  { services }: ConsoleDependencies,
  { channel }: { channel: string },
): Promise<{ name: string; logo: string; colour: string | null }> {
  const { name, settings } = await services.catalogue.findChannel(channel);
  const { brand } = settings;
  return {
    name: brand?.sellerName ?? name,
    logo: brand?.logoText ?? brand?.sellerName ?? name,
    colour: brand?.colour ?? null,
  };
}
