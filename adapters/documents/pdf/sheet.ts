import type { FontName } from './fonts';
import type { Pdf } from './document';

export const colour = {
  ink: '#1c2430',
  muted: '#667085',
  accent: '#1f4f6b',
  line: '#d5dae1',
  tint: '#f3f6f8',
};

/** A4 in points. */
const paper = { width: 595.28, height: 841.89 };
export const frame = { left: 48, right: paper.width - 48, top: 44, bottom: paper.height - 62 };
export const frameWidth = frame.right - frame.left;

export interface TextStyle {
  font?: FontName;
  size?: number;
  colour?: string;
  align?: 'left' | 'right' | 'center';
}

/** A pile of A4 pages that is filled from top to bottom; it starts a new page when there is no room. */
export class Sheet {
  y: number = frame.top;

  constructor(
    readonly pdf: Pdf,
    /** Drawn at the top of every page but the first; leaves `y` below itself. */
    private readonly drawRunningHead: (sheet: Sheet) => void,
  ) {}

  /** Makes sure that `height` points are left on the page. True when that took a new page. */
  ensureRoom(height: number): boolean {
    if (this.y + height <= frame.bottom) return false;
    this.pdf.addPage();
    this.y = frame.top;
    this.drawRunningHead(this);
    return true;
  }

  /** One line that never wraps: too long a text is set smaller, down to two thirds, then cut. */
  line(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    const size = this.fittingSize(text, width, style);
    const drop = ((style.size ?? 9) - size) * 0.8;
    this.use(style, size);
    this.pdf.text(text, x, y + drop, {
      width,
      align: style.align ?? 'left',
      lineBreak: false,
      ellipsis: '…',
      height: size,
    });
  }

  /** Text that wraps inside `width`; gives its height. */
  paragraph(text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    const height = this.heightOf(text, width, style);
    this.pdf.text(text, x, y, { width, align: style.align ?? 'left', lineGap });
    return height;
  }

  heightOf(text: string, width: number, style: TextStyle = {}): number {
    this.use(style);
    return text === '' ? 0 : this.pdf.heightOfString(text, { width, lineGap });
  }

  rule(y: number, ink: string = colour.line, thickness = 0.6): void {
    this.pdf.rect(frame.left, y, frameWidth, thickness).fill(ink);
  }

  private use(style: TextStyle, size = style.size ?? 9): void {
    this.pdf.font(style.font ?? 'regular', size).fillColor(style.colour ?? colour.ink);
  }

  private fittingSize(text: string, width: number, style: TextStyle): number {
    const size = style.size ?? 9;
    this.use(style);
    const natural = this.pdf.widthOfString(text);
    return natural <= width ? size : Math.max(size * 0.67, (size * width) / natural - 0.05);
  }
}

const lineGap = 1.5;

/** Writes the foot of every page, once their number is known. */
export function numberPages(pdf: Pdf, left: string, page: (number: number, of: number) => string): void {
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(index);
    const sheet = new Sheet(pdf, () => {});
    sheet.rule(frame.bottom + 16);
    const style = { size: 7.5, colour: colour.muted };
    sheet.line(left, frame.left, frame.bottom + 23, frameWidth - 120, style);
    sheet.line(page(index + 1, count), frame.right - 110, frame.bottom + 23, 110, {
      ...style,
      align: 'right',
    });
  }
}
