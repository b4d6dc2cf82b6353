import fc from 'fast-check';
import type { LabelContent } from '../../../domain/documents';
import { code128QuietZone, encodeCode128, encodeSscc } from '../../../domain/shipping/code128';
import { labelSize, layoutLabel, routingCode } from '../../../domain/shipping/label';
import { textWidth, wrapToWidth } from '../../../domain/shipping/label-text';
import { zplOf } from '../../../domain/shipping/zpl';
import { labelContent } from './label-content';

const textsOf = (content: LabelContent) =>
  layoutLabel(content).flatMap((element) => (element.kind === 'text' ? [element.text] : []));

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.stringMatching(/^[\^~_\\<>&;:A-Z0-9 \n]{0,60}$/),
);
const anyAddress = fc.record({
  name: anyText,
  line1: anyText,
  line2: anyText,
  postalCode: anyText,
  city: anyText,
  region: anyText,
  country: fc.constantFrom('IT', 'DE', 'xx', '^XZ'),
  phone: anyText,
});
const anyLabel = fc
  .record({
    kind: fc.constantFrom('shippingLabel' as const, 'returnLabel' as const),
    locale: fc.constantFrom('it', 'en', 'de'),
    carrier: anyText,
    service: anyText,
    number: anyText,
    trackingNumber: fc.stringMatching(/^[\x20-\x7e]{1,34}$/),
    sender: anyAddress,
    recipient: anyAddress,
    weightGrams: fc.integer({ min: 0, max: 70_000 }),
    parcel: fc.record({ position: fc.integer({ min: 1, max: 999 }), of: fc.integer({ min: 1, max: 999 }) }),
  })
  .map((change) => labelContent(change));

describe('a shipping label', () => {
  it('carries who, where, what and how many', () => {
    const texts = textsOf(labelContent());
    expect(texts).toEqual(
      expect.arrayContaining([
        'Corriere Rapido',
        'Magazzino Bologna',
        '40138 Bologna (BO)',
        'Łucja Žižková',
        'Via Alessandro Manzoni 31',
        'Scala B, interno 7',
        '40124 BOLOGNA (BO)',
        'ITALIA',
        'IT-40124',
        'OR-100042',
        '1,25 kg',
        '1 di 2',
        '1/2',
        'CR1234567890IT',
        '(00) 106141412345678908',
      ]),
    );
    expect(texts).not.toContain('RESO');
  });

  it('prints the recipient at least one and a half times as large as the sender', () => {
    const elements = layoutLabel(labelContent());
    const sizeOf = (text: string) =>
      elements.flatMap((element) =>
        element.kind === 'text' && element.text === text ? [element.size] : [],
      )[0]!;
    expect(sizeOf('Łucja Žižková')).toBeGreaterThanOrEqual(1.5 * sizeOf('Magazzino Bologna'));
  });

  it('says that a return is a return, in the language of the label', () => {
    expect(textsOf(labelContent({ kind: 'returnLabel' }))).toContain('RESO');
    expect(textsOf(labelContent({ kind: 'returnLabel', locale: 'en' }))).toContain('RETURN');
  });

  it('wraps a long name instead of cutting it, and never cuts the place', () => {
    const recipient = {
      ...labelContent().recipient,
      name: 'Cooperativa Sociale dei Lavoratori della Montagna Modenese e Reggiana, ufficio spedizioni',
      city: 'San Giovanni in Persiceto',
    };
    const texts = textsOf(labelContent({ recipient }));
    expect(texts.join(' ')).toContain(recipient.name);
    expect(texts).toContain('40124 SAN GIOVANNI IN PERSICETO (BO)');
  });

  it('refuses an SSCC with a wrong check digit and a tracking number wider than the label', () => {
    expect(() => layoutLabel(labelContent({ sscc: '106141412345678907' }))).toThrow('Not a valid SSCC');
    expect(() => layoutLabel(labelContent({ trackingNumber: 'X'.repeat(35) }))).toThrow(
      'too long for a label',
    );
    expect(() => layoutLabel(labelContent({ trackingNumber: 'Ł1' }))).toThrow('printable ASCII');
  });

  it('keeps everything on the paper, and every text in its room, whatever the texts are', () => {
    fc.assert(
      fc.property(anyLabel, (content) => {
        for (const element of layoutLabel(content)) {
          const width = element.kind === 'barcode' ? element.code.modules * element.module : element.width;
          const height = element.kind === 'text' ? element.size : element.height;
          const quiet = element.kind === 'barcode' ? code128QuietZone * element.module : 0;
          expect(element.x - quiet).toBeGreaterThanOrEqual(0);
          expect(element.x + width + quiet).toBeLessThanOrEqual(labelSize.width);
          expect(element.y).toBeGreaterThanOrEqual(0);
          expect(element.y + height).toBeLessThanOrEqual(labelSize.height);
          if (element.kind === 'text') {
            expect(textWidth(element.text, element.size)).toBeLessThanOrEqual(element.width);
          }
        }
      }),
    );
  });

  it('shortens a routing code that would not be one', () => {
    const recipient = { ...labelContent().recipient, postalCode: '9'.repeat(500) };
    expect(routingCode(labelContent({ recipient })).length).toBeLessThanOrEqual(30);
  });
});

describe('ZPL', () => {
  it('encodes the SSCC as GS1-128 and the tracking number as Code 128', () => {
    const zpl = zplOf(labelContent());
    expect(zpl).toContain('^BY4^BCN,256,N,N,N,N^FH_^FD>;>800106141412345678908^FS');
    expect(zpl).toContain('^BCN,128,N,N,N,N^FH_^FD>:CR1234567890IT^FS');
    expect(zpl).toMatch(/^\^XA\n\^CI28\n\^PW800\n\^LL1200\n/);
    expect(zpl).toMatch(/\^XZ\n$/);
    expect(zpl).toContain('Łucja Žižková');
  });

  it('is the same for the same content', () => {
    expect(zplOf(labelContent())).toBe(zplOf(labelContent()));
  });

  it('turns commands in the data into text', () => {
    const zpl = zplOf(labelContent({ number: '^FS^XZ~JA_5E' }));
    expect(zpl).toContain('_5EFS_5EXZ_7EJA_5F5E');
    expect(zpl.match(/\^XZ/g)).toHaveLength(1);
    expect(zpl).not.toContain('~');
  });

  it('has only its own commands, and in each field the text of the layout', () => {
    const known =
      /^(XA|CI28|PW800|LL1200|LH0,0|FO\d+,\d+|GB\d+,\d+,\d+|A0N,\d+,\d+|FR|BY[2-4]|BCN,\d+,N,N,N,N|FH_|FS|XZ)$/;
    fc.assert(
      fc.property(anyLabel, (content) => {
        const zpl = zplOf(content);
        const commands = zpl.split('^').map((command) => command.replace(/\n$/, ''));
        expect(commands[0]).toBe('');
        const fields = commands.filter((command) => command.startsWith('FD'));
        for (const command of commands.slice(1)) {
          if (!command.startsWith('FD')) expect(command).toMatch(known);
        }
        const expected = layoutLabel(content).flatMap((element) => {
          if (element.kind === 'box') return [];
          return element.kind === 'text' ? [element.text.replaceAll('\\', '/')] : [element.code.zplData];
        });
        const decode = (data: string) =>
          data.replace(/_([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
        expect(fields.map((data) => decode(data.slice(2)))).toEqual(expected);
      }),
    );
  });
});

describe('Code 128', () => {
  it('packs pairs of digits and counts its width', () => {
    // Start, two pairs, check: 4 × 11, stop 13.
    expect(encodeCode128('1234')).toEqual({ zplData: '>;1234', modules: 57 });
    expect(encodeCode128('A1')).toEqual({ zplData: '>:A1', modules: 57 });
    expect(encodeSscc('106141412345678908').modules).toBe(156);
  });

  it('writes what a printer would take for a command as an invocation', () => {
    expect(encodeCode128('a>b^c~d').zplData).toBe('>:a>0b><c>=d');
  });
});

describe('wrapping', () => {
  it('loses no word while there are lines left, and no line is wider than its room', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zA-Z]{1,12}$/), { maxLength: 12 }), (wordList) => {
        const lines = wrapToWidth(wordList.join(' '), 40, 400, 20);
        expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(wordList);
        for (const line of lines) expect(textWidth(line, 40)).toBeLessThanOrEqual(400);
      }),
    );
  });
});
