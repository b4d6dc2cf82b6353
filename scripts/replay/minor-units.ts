/**
 * Reads a decimal text as whole hundredths, half up: `"32.3800011"` is 3238. Text in, integer out: the binary
 * noise of a file's floats never meets a float of ours. Throws on what is not a decimal number.
 */
export function hundredthsOf(decimal: string): number {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(decimal.trim());
  if (!found) throw new Error(`Not a decimal number: "${decimal}"`);
  const [, whole = '', fraction = ''] = found;
  const digits = fraction.padEnd(3, '0');
  const hundredths = Number(whole + digits.slice(0, 2)) + (digits[2]! >= '5' ? 1 : 0);
  if (!Number.isSafeInteger(hundredths)) throw new Error(`Too large: "${decimal}"`);
  return hundredths;
}

/** Whole hundredths as people write them: 126579304 is `1,265,793.04`. */
export function decimalOf(hundredths: number): string {
  const whole = Math.trunc(Math.abs(hundredths) / 100).toLocaleString('en-US');
  const rest = String(Math.abs(hundredths) % 100).padStart(2, '0');
  return `${hundredths < 0 ? '-' : ''}${whole}.${rest}`;
}
