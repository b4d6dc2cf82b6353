import { loadBarcodes } from '../../adapters/documents/pdf/barcode';
import { createPdfRenderer } from '../../adapters/documents/pdf';
import type { DocumentContent } from '../../domain/documents';
import { money } from '../../domain/money';
import { labelSize } from '../../domain/shipping/label';
import { zplOf } from '../../domain/shipping/zpl';
import { labelContent } from '../domain/shipping/label-content';
import { parse } from 'csv-parse/sync';
import { confirmationContent, manyLines, packingSlipContent, purchaseOrderContent } from './document-content';
import { readPdf } from './pdf-text';

const renderer = createPdfRenderer({ timeZone: 'Europe/Rome' });
const readBack = async (content: DocumentContent) => readPdf((await renderer.render(content, 'pdf')).body);
// Figures are set with spaces that do not break.
const plain = (texts: string[]) => texts.join('\n').replaceAll('\u00a0', ' ');

const everyKind: DocumentContent[] = [
  confirmationContent(),
  packingSlipContent(),
  labelContent(),
  labelContent({ kind: 'returnLabel' }),
  purchaseOrderContent(),
];

describe('every document', () => {
  it.each(everyKind)(
    '$kind: the same content gives the same bytes, another content others',
    async (content) => {
      const first = await renderer.render(content, 'pdf');
      // A renderer of its own, as in another process: nothing may depend on what was drawn before.
      const second = await createPdfRenderer({ timeZone: 'Europe/Rome' }).render(
        structuredClone(content),
        'pdf',
      );
      const other = await renderer.render({ ...content, number: 'OR-100043' }, 'pdf');
      expect(first.mediaType).toBe('application/pdf');
      expect(first.body.subarray(0, 8).toString()).toBe('%PDF-1.7');
      expect(second.body.equals(first.body)).toBe(true);
      expect(other.body.equals(first.body)).toBe(false);
    },
  );

  it.each(everyKind)('$kind: carries its letters with it, and has a glyph for each', async (content) => {
    const { body } = await renderer.render(content, 'pdf');
    expect(body.toString('latin1')).toContain('/FontFile2');
    expect(body.toString('latin1')).not.toContain('Helvetica');
    const text = readPdf(body).pages.flat().join('');
    expect(text).toContain('Žižková');
    expect(text).not.toContain('\ufffd');
  });

  it.each(everyKind)('$kind: is drawn at once when several are asked for together', async (content) => {
    const [alone, ...together] = await Promise.all([1, 2, 3, 4].map(() => renderer.render(content, 'pdf')));
    for (const { body } of together) expect(body.equals(alone!.body)).toBe(true);
  });
});

describe('the purchase order', () => {
  it('shows what is wanted, where, by when and at what cost', async () => {
    const { pages } = await readBack(purchaseOrderContent({ total: money(222_000, 'EUR') }));
    const text = plain(pages[0]!);
    for (const expected of [
      'Ordine di acquisto',
      'PO-100042',
      'SPRING-26',
      '20 novembre 2025',
      'Magazzino Verona',
      'Tessitura Žižková',
      'M-771',
      '120',
      '18,50 €',
      '2220,00 €',
    ])
      expect(text).toContain(expected);
  });

  it('is read back from its CSV, and no text of it is a formula', async () => {
    const { mediaType, body } = await renderer.render(purchaseOrderContent(), 'csv');
    expect(mediaType).toBe('text/csv; charset=utf-8');
    const rows = parse(body, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      purchaseOrder: 'PO-100042',
      sku: 'SCARF-WOOL-BLUE',
      supplierSku: 'M-771',
      title: 'Sciarpa, “blu notte”',
      quantity: '120',
      unitCostMinor: '1850',
      currency: 'EUR',
      expectedAt: '2025-11-20T08:12:30.000Z',
    });
    expect(rows[1]).toMatchObject({ title: `'=HYPERLINK("http://evil.test")`, unitCostMinor: '' });
    await expect(renderer.render(purchaseOrderContent(), 'zpl')).rejects.toThrow('does not exist as zpl');
  });
});

describe('the order confirmation', () => {
  it('shows the order, its lines, taxes, payment and total in Italian', async () => {
    const { pages } = await readBack(confirmationContent());
    expect(pages).toHaveLength(1);
    const text = plain(pages[0]!);
    for (const expected of [
      'Filo & Trama',
      'Conferma d’ordine',
      'OR-100042',
      'WEB-2025-000317',
      '5 ottobre 2025',
      'Studio Žižková S.r.l.',
      'SCARF-WOOL-BLUE',
      '49,90 €',
      '-9,98 €',
      '22%',
      '114,32 €',
      'Spedizione standard',
      '17,26 €',
      'Carta regalo',
      '70,22 €',
      '120,22 €',
      'Pagina 1 di 1',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('says place by place where it goes, when it goes to several', async () => {
    const { shippingAddress } = confirmationContent();
    const { pages } = await readBack(
      confirmationContent({
        destinations: [
          {
            address: { ...shippingAddress, name: 'Pina Neri' },
            method: 'express',
            price: { amount: 300, currency: 'EUR' },
            lines: [{ title: 'Manuale di tessitura', quantity: 1 }],
          },
          {
            address: shippingAddress,
            store: 'Bologna Centro',
            method: 'standard',
            lines: Array.from({ length: 60 }, (_, index) => ({ title: `Sciarpa ${index}`, quantity: 2 })),
          },
        ],
      }),
    );
    const text = plain(pages.flat());
    for (const expected of [
      'Destinazioni',
      'Pina Neri',
      '3,00 €',
      'Ritiro presso Bologna Centro',
      '2 × Sciarpa 59',
    ])
      expect(text).toContain(expected);
    expect(text).not.toContain('Indirizzo di consegna');
  });

  it('speaks English, also to those whose language it does not know', async () => {
    const text = plain((await readBack(confirmationContent({ locale: 'de-DE' }))).pages[0]!);
    expect(text).toContain('Order confirmation');
    expect(text).toContain('5 October 2025');
    expect(text).toContain('€120.22');
    expect(text).toContain('Page 1 of 1');
  });

  it('reckons the day in the time zone of the shop', async () => {
    const content = confirmationContent({ placedAt: '2025-10-05T22:30:00Z' });
    expect(plain((await readBack(content)).pages[0]!)).toContain('6 ottobre 2025');
    const inUtc = await createPdfRenderer().render(content, 'pdf');
    expect(plain(readPdf(inUtc.body).pages[0]!)).toContain('5 ottobre 2025');
  });

  it('adds the tax on the way to the total only when prices are without it', async () => {
    const net = confirmationContent({ total: money(13_842, 'EUR') });
    const taxes = (texts: string[]) => texts.filter((text) => text === 'IVA').length;
    const included = (await readBack(confirmationContent())).pages[0]!;
    const added = (await readBack(net)).pages[0]!;
    expect(taxes(added)).toBe(taxes(included) + 1);
    expect(plain(added)).toContain('18,20 €');
  });

  it('continues a long order on further pages, each line once, with head and number on each', async () => {
    const { pages } = await readBack(confirmationContent({ lines: manyLines(150) }));
    expect(pages.length).toBeGreaterThan(3);
    const skus = pages.flat().filter((text) => text.startsWith('SKU-'));
    expect(skus).toEqual(manyLines(150).map((line) => line.sku));
    pages.forEach((page, index) => {
      expect(page).toContain(`Pagina ${index + 1} di ${pages.length}`);
      expect(page).toContain('Articolo');
    });
  });

  it('stays a document when texts are monstrous', async () => {
    const huge = 'Donaudampfschiff'.repeat(10_000);
    const content = confirmationContent({
      externalReference: huge,
      note: huge,
      customer: { name: huge, email: huge },
      lines: manyLines(2).map((line) => ({ ...line, title: huge, sku: `\u0000\u202e${huge}` })),
      shippingAddress: { name: huge, line1: huge, postalCode: huge, city: huge, country: 'ZZ' },
    });
    const { pages } = await readBack(content);
    expect(pages.length).toBeLessThanOrEqual(2);
    expect(plain(pages.flat())).toContain('120,22 €');
  });

  it('has no zpl', async () => {
    await expect(renderer.render(confirmationContent(), 'zpl')).rejects.toThrow(
      'A document of kind orderConfirmation does not exist as zpl',
    );
  });
});

describe('the packing slip', () => {
  it('shows what to pack and from where, without prices', async () => {
    const text = plain((await readBack(packingSlipContent())).pages[0]!);
    for (const expected of [
      'Distinta di imballaggio',
      'Magazzino Bologna',
      'BOOK-WEAVING',
      'Collo 2 di 2',
      'Peso 1,25 kg',
      '(00) 106141412345678908',
      'CR1234567890IT',
      'Confezione regalo.',
    ]) {
      expect(text).toContain(expected);
    }
    expect(text).not.toContain('€');
  });

  it('prints the code of a right GTIN, and none of a wrong one', async () => {
    const text = plain((await readBack(packingSlipContent())).pages[0]!);
    expect(text).toContain('4006381333931');
    expect(text).not.toContain('4006381333930');
  });

  it('is a slip before anything is packed, too', async () => {
    const { pages } = await readBack(packingSlipContent({ locale: 'en', packages: [] }));
    expect(plain(pages[0]!)).toContain('No parcels have been recorded yet.');
  });
});

describe('a label', () => {
  it('is 100 × 150 mm, one page', async () => {
    const { body } = await renderer.render(labelContent(), 'pdf');
    const [, width, height] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(body.toString('latin1'))!;
    expect((Number(width) / 72) * 25.4).toBeCloseTo(100, 1);
    expect((Number(height) / 72) * 25.4).toBeCloseTo(150, 1);
    expect(readPdf(body).pages).toHaveLength(1);
  });

  it('shows the same texts as the ZPL', async () => {
    const { pages } = await readBack(labelContent());
    const zpl = zplOf(labelContent());
    const fields = [...zpl.matchAll(/A0N[^\n]*\^FD([^^]*)\^FS/g)].map(([, text]) => text);
    expect(pages[0]).toEqual(fields);
  });

  it('draws its bars on whole dots of a label printer', async () => {
    const { rectangles } = await readBack(labelContent());
    const dots = rectangles[0]!.map(({ x, width }) =>
      [x, width].map((points) => (points * labelSize.dotsPerInch) / 72),
    );
    expect(dots.length).toBeGreaterThan(70);
    for (const value of dots.flat()) expect(Math.abs(value - Math.round(value))).toBeLessThan(0.02);
  });

  it('comes as ZPL', async () => {
    const { mediaType, body } = await renderer.render(labelContent(), 'zpl');
    expect(mediaType).toBe('application/zpl');
    expect(body.toString('utf8')).toBe(zplOf(labelContent()));
  });

  it('says in the PDF, too, that it is for a return', async () => {
    expect((await readBack(labelContent({ kind: 'returnLabel' }))).pages[0]).toContain('RESO');
  });
});

describe('barcodes', () => {
  it('encode what is right and refuse what is wrong', async () => {
    const encode = await loadBarcodes();
    expect(encode('gs1-128', '(00)106141412345678908')?.modules).toBe(156);
    expect(encode('ean13', '4006381333931')?.modules).toBe(95);
    expect(encode('ean13', '4006381333930')).toBeNull();
    expect(encode('gs1-128', '(00)106141412345678907')).toBeNull();
    expect(encode('code128', 'Ł')).toBeNull();
  });
});
