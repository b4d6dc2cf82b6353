import type { FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { beginOfLastLine, comparePlaces, endOfLine, placeOf, skuOfLine } from './sku-of-line';

/** Lines of the feed before, in its order, but those whose SKU was touched since: what they said is still true. */
export function createKnownLines({ texts, touched }: FeedBefore, layout: FeedLayout) {
  let next = 0;

  /** Pieces come in the order of their SKUs, as what was touched is. */
  function withoutTouched(text: Buffer): Buffer {
    const kept: Buffer[] = [];
    let from = 0;
    const last = skuOfLine(text, beginOfLastLine(text), layout);
    for (let at = 0; at < text.length && isTouchedUpTo(last); at = endOfLine(text, at)) {
      const sku = skuOfLine(text, at, layout);
      while (next < touched.length && comparePlaces(placeOf(touched[next]!), sku) < 0) next += 1;
      if (next === touched.length || comparePlaces(placeOf(touched[next]!), sku) !== 0) continue;
      kept.push(text.subarray(from, at));
      from = endOfLine(text, at);
    }
    return kept.length === 0 && from === 0 ? text : Buffer.concat([...kept, text.subarray(from)]);
  }

  const isTouchedUpTo = (last: ReturnType<typeof skuOfLine>): boolean =>
    next < touched.length && comparePlaces(placeOf(touched[next]!), last) <= 0;

  return {
    /** The next whole lines, some thousands; null when there are no more. */
    async take(): Promise<Buffer | null> {
      for (;;) {
        const { value, done } = await texts.next();
        if (done) return null;
        const lines = withoutVoid(value);
        if (lines.length === 0) continue;
        const kept = withoutTouched(lines);
        if (kept.length > 0) return kept;
      }
    },
  };
}

const twoEnds = Buffer.from('\n\n');

/** Where a feed has lines that are no rows, nothing stands in their place. */
function withoutVoid(text: Buffer): Buffer {
  if (text[0] !== twoEnds[0] && !text.includes(twoEnds)) return text;
  return Buffer.from(text.toString('latin1').replace(/^\n+|(?<=\n)\n+/g, ''), 'latin1');
}
