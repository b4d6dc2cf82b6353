import { isIP } from 'node:net';
import { z } from 'zod';

/** Nobody, so many proxies in a row, or those of these addresses: whoever is believed can say that they are anybody. */
export const trustProxy = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text === '') return false as const;
    if (/^[1-9]\d?$/.test(text)) return Number(text);
    const proxies = text.split(',').map((each) => each.trim());
    if (proxies.every(isNetwork)) return proxies;
    context.addIssue({
      code: 'custom',
      message:
        'must be how many proxies stand in front, or their addresses or networks, such as 10.0.0.0/8,loopback',
    });
    return z.NEVER;
  });

const namedNetworks = ['loopback', 'linklocal', 'uniquelocal'];
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const isSized =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return namedNetworks.includes(text) || (version !== 0 && isSized && rest.length === 0);
}
