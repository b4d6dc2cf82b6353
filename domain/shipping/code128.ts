/**
 * Code 128 as a ZPL printer wants it. The subset is said in the data itself, so that the width is known
 * before printing, and one subset serves the whole code: not every printer follows a switch on the way.
 */
export interface Code128 {
  /** Data of a `^BC` field, with Zebra's invocation codes (`>:` start B, `>;` start C, `>8` FNC1). */
  zplData: string;
  /** Width in modules without quiet zones. */
  modules: number;
}

/** Quiet zone on either side, in modules. */
export const code128QuietZone = 10;

const modulesPerSymbol = 11;
const stopModules = 13;
// What cannot stand for itself in a field (ZPL II Programming Guide, ^BC, invocation characters).
const invocations: Record<string, string> = { '>': '>0', '^': '><', '~': '>=' };

/** Encodes printable ASCII; throws on anything else, because Code 128 has no other characters. */
export function encodeCode128(text: string): Code128 {
  if (!/^[\x20-\x7e]+$/.test(text))
    throw new Error(`Code 128 takes printable ASCII, got ${JSON.stringify(text)}`);
  if (/^(\d\d)+$/.test(text)) return sized(`>;${text}`, 1 + text.length / 2);
  return sized(`>:${text.replace(/[>^~]/g, (character) => invocations[character]!)}`, 1 + text.length);
}

/** SSCC-18 as GS1-128: FNC1 in first position, application identifier 00. Throws unless 18 digits. */
export function encodeSscc(sscc: string): Code128 {
  if (!/^\d{18}$/.test(sscc)) throw new Error(`An SSCC has 18 digits, got "${sscc}"`);
  return sized(`>;>800${sscc}`, 1 + 1 + 10);
}

/** Symbols counts start, function and data characters; the check character and the stop come on top. */
function sized(zplData: string, symbols: number): Code128 {
  return { zplData, modules: (symbols + 1) * modulesPerSymbol + stopModules };
}
