import type { DocumentContent, DocumentFormat } from '../domain/documents';

/** Turns the frozen content of a document into a file. The same content gives the same document. */
export interface DocumentRenderer {
  render(content: DocumentContent, format: DocumentFormat): Promise<{ mediaType: string; body: Buffer }>;
}
