import type { DocumentContent } from '../../domain/documents';
import type { Database } from '../connect';
import { instant } from '../instant';

export interface StoredDocument {
  id: string;
  orderId: string;
  channel: string;
  title: string;
  content: DocumentContent;
  createdAt: string;
}

/** The frozen content of a document; its files are rendered from this. */
export async function findDocument(db: Database, id: string): Promise<StoredDocument | null> {
  const row = await db('documents as d')
    .join('orders as o', 'o.id', 'd.order_id')
    .where('d.id', id)
    .first<(Omit<StoredDocument, 'createdAt'> & { createdAt: Date }) | undefined>({
      id: 'd.id',
      orderId: 'd.order_id',
      channel: 'o.channel',
      title: 'd.title',
      content: 'd.content',
      createdAt: 'd.created_at',
    });
  return row ? { ...row, createdAt: instant(row.createdAt) } : null;
}
