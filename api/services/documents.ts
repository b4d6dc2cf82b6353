import type { DocumentFormat } from '../../domain/documents';
import type { Principal } from '../authenticate';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notFound } from '../problem';
import { maySee } from './order-reader';

export function createDocuments({ store, renderer }: ApiDependencies) {
  return {
    /** A document as a file, rendered from what was frozen when it came into being. */
    async render(principal: Principal, id: string, format: DocumentFormat) {
      const found = await store.findDocument(id);
      if (!found || !maySee(principal, found)) throw notFound(`There is no document "${id}"`);
      const { content } = found;
      if (format === 'zpl' && content.kind !== 'shippingLabel' && content.kind !== 'returnLabel')
        throw invalidInput([{ pointer: '/format', detail: 'Only labels are to be had as ZPL', in: 'query' }]);
      const file = await renderer.render(content, format);
      return { ...file, name: `${content.kind}-${content.number}.${format}` };
    },
  };
}
