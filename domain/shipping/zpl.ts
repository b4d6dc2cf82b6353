import type { LabelContent } from '../documents';
import { labelSize, layoutLabel, type LabelElement } from './label';

/**
 * A label in ZPL II for printers of 203 dpi with UTF-8 (`^CI28`, firmware x.14 or later). One format, from
 * `^XA` to `^XZ`; whatever the texts contain, they stay inside their fields.
 */
export function zplOf(content: LabelContent): string {
  const setUp = ['^XA', '^CI28', `^PW${labelSize.width}`, `^LL${labelSize.height}`, '^LH0,0'];
  return [...setUp, ...layoutLabel(content).map(commandOf), '^XZ', ''].join('\n');
}

function commandOf(element: LabelElement): string {
  const at = `^FO${element.x},${element.y}`;
  switch (element.kind) {
    case 'box':
      return `${at}^GB${element.width},${element.height},${Math.min(element.width, element.height)}^FS`;
    case 'text':
      // A backslash starts escapes of its own on some printers; a slash says the same.
      return `${at}^A0N,${element.size},${element.size}${element.inverse ? '^FR' : ''}${field(element.text.replaceAll('\\', '/'))}`;
    case 'barcode':
      return `${at}^BY${element.module}^BCN,${element.height},N,N,N,N${field(element.code.zplData)}`;
  }
}

/** `^` and `~` start commands and `_` starts an escape: each is written as its hexadecimal code. */
function field(data: string): string {
  const escaped = data.replace(
    /[\^~_]/g,
    (character) => `_${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `^FH_^FD${escaped}^FS`;
}
