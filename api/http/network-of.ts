import { isIPv6 } from 'node:net';

const sharedGroups = 4;

/** An address as far as it tells one party from another: of IPv6 a party has a whole /64 for itself. */
export function networkOf(address: string): string {
  const inIPv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (inIPv4 !== undefined) return inIPv4;
  const [plain] = address.split('%') as [string];
  if (!isIPv6(plain)) return address;
  const [before = '', after] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::') as string[];
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return `${[...head, ...zeros, ...tail].slice(0, sharedGroups).join(':')}::/64`;
}
