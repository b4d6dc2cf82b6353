/** Some thousands of lines. */
const blockBytes = 65_536;
const lineFeed = 10;

/**
 * Cuts the bytes of a file into blocks of whole lines, the first line by itself; behind the last line feed is a block of
 * its own. A line that has no end for a whole block is cut.
 */
export async function* cutBlocks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let bytes = 0;
  let isBegin = true;
  for await (const piece of pieces) {
    rest.push(piece);
    bytes += piece.length;
    if (bytes < blockBytes && !(isBegin && piece.includes(lineFeed))) continue;
    const block = Buffer.concat(rest);
    const begin = isBegin ? block.indexOf(lineFeed) + 1 : 0;
    if (begin > 0) yield block.subarray(0, begin);
    isBegin = false;
    const end = block.lastIndexOf(lineFeed) + 1 || block.length;
    if (end > begin) yield block.subarray(begin, end);
    rest = [block.subarray(end)];
    bytes = block.length - end;
  }
  const block = Buffer.concat(rest);
  const end = block.lastIndexOf(lineFeed) + 1;
  if (end > 0) yield block.subarray(0, end);
  if (end < block.length) yield block.subarray(end);
}
