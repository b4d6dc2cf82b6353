import type { FeedMode } from '../../domain/stock/feed';
import { readFeedRow, type RawFeedRow } from '../../domain/stock/feed-row';
import type { FeedText, UnreadableRow } from '../../store/stock-feed/add-chunk';
import { feedChunkRows } from '../../store/stock-feed/apply-feed';
import { createRowPacker, type PackedRows, type RowPacker } from '../../store/stock-feed/packed-rows';

export interface FeedRowsChunk {
  /** From 0, in the order of the file. */
  position: number;
  rows: PackedRows;
  problems: UnreadableRow[];
  text: FeedText | null;
  /** Of all its rows; null when it has none. */
  span: SkuSpan | null;
}

export interface SkuSpan {
  first: Buffer;
  last: Buffer;
  /** Whether each SKU between them is greater than the one before. */
  isAscending: boolean;
}

/** Where the rows of a file are put as they are read, in its order; whoever reads takes the chunks that are full. */
export function createFeedRows(mode: FeedMode) {
  let full: FeedRowsChunk[] = [];
  let position = 0;
  let packer: RowPacker = createRowPacker(feedChunkRows);
  let problems: UnreadableRow[] = [];
  let listedTo: Buffer | null = null;

  function endChunk(): void {
    const rows = packer.packed();
    const span = rows.count > 0 ? rows : null;
    full.push({ position, rows, problems, text: null, span });
    listedTo = span?.last ?? listedTo;
    position += 1;
    packer = createRowPacker(feedChunkRows);
    problems = [];
  }
  const endChunkWhenFull = (): void => {
    if (packer.count + problems.length === feedChunkRows) endChunk();
  };
  function endLists(): Buffer | null {
    if (packer.count + problems.length > 0) endChunk();
    return listedTo;
  }

  return {
    /** A row as it stands in the file: what cannot be read of it is kept as a problem. */
    add(raw: RawFeedRow): void {
      const read = readFeedRow(mode, raw);
      if (read.outcome === 'read') packer.add(read.row);
      else problems.push({ line: raw.line, sku: read.sku, reason: read.reason });
      endChunkWhenFull();
    },

    /** A row that `readFeedRow` would read as it is; its SKU is the ASCII between two places of a text. */
    addPlain(...row: Parameters<RowPacker['addPlain']>): void {
      packer.addPlain(...row);
      endChunkWhenFull();
    },

    /** Rows that come are of another chunk; answers the last SKU that was put in lists. */
    endLists,

    /** A chunk of its own: whole lines, and of their rows those that are to be compared. */
    addText(chunk: Omit<FeedRowsChunk, 'position'>): void {
      endLists();
      full.push({ position, ...chunk });
      position += 1;
    },

    /** Chunks that are full, once. */
    takeFull(): FeedRowsChunk[] {
      const taken = full;
      full = [];
      return taken;
    },

    /** What is left when all was read. */
    takeLast(): FeedRowsChunk[] {
      endLists();
      return this.takeFull();
    },
  };
}

export type FeedRows = ReturnType<typeof createFeedRows>;
