import type { Readable } from 'node:stream';
import { Client, type Connection, type Submittable } from 'pg';

/** What the driver's connection can do beside queries; its types do not say so. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Sends rows through the driver with COPY FROM STDIN, as a program would that does nothing else with them. */
export async function copyIn(databaseUrl: string, statement: string, rows: Readable): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(copyQuery(statement, rows, { resolve, reject }));
    });
  } finally {
    await client.end();
  }
}

/** A query as the driver takes it: it is told what the server says. */
function copyQuery(
  text: string,
  rows: Readable,
  { resolve, reject }: { resolve: () => void; reject: (error: Error) => void },
): Submittable {
  const query = {
    submit: (connection: CopyConnection) => void connection.query(text),
    handleCopyInResponse(connection: CopyConnection) {
      rows.on('data', (chunk: Buffer) => {
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) {
          rows.pause();
          connection.stream.once('drain', () => rows.resume());
        }
      });
      rows.on('end', () => connection.endCopyFrom());
      rows.on('error', reject);
    },
    handleCommandComplete: () => undefined,
    handleReadyForQuery: resolve,
    handleError: reject,
  };
  return query as unknown as Submittable;
}
