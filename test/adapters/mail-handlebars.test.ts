import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMailComposer } from '../../adapters/mail/handlebars';
import { mailParts, mailTemplates, readTemplateFiles } from '../../adapters/mail/handlebars/template-files';
import { languages } from '../../domain/language';
import type { MailData, MailRequest, MailTemplate } from '../../domain/mails';
import { money } from '../../domain/money';

const templatesDir = join(__dirname, '../../templates/mails');
const composer = createMailComposer({ templatesDir, shopName: 'Filo & Trama', timeZone: 'Europe/Rome' });

const sample = <T extends MailTemplate>(template: T): MailData[T] =>
  JSON.parse(readFileSync(join(templatesDir, template, 'sample.json'), 'utf8')) as MailData[T];
const compose = <T extends MailTemplate>(template: T, locale: string, change: Partial<MailData[T]> = {}) =>
  composer.compose({
    template,
    locale,
    to: 'a@example.test',
    data: { ...sample(template), ...change },
  } as unknown as MailRequest);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const everyMail = mailTemplates.flatMap((template) =>
  languages.map((language) => [template, language] as const),
);

describe('every mail', () => {
  it('is there in every language, with sample data, and nothing else is', () => {
    const folders = readdirSync(templatesDir).filter((name) => !['partials', 'words'].includes(name));
    expect(folders.sort()).toEqual([...mailTemplates].sort());
    for (const template of mailTemplates) {
      expect(readdirSync(join(templatesDir, template)).sort()).toEqual([...languages, 'sample.json'].sort());
      for (const language of languages) {
        const files = mailParts.map((part) => `${part}.hbs`).sort();
        expect(readdirSync(join(templatesDir, template, language)).sort()).toEqual(files);
      }
    }
  });

  it.each(everyMail)('%s (%s) is whole with its sample data', (template, language) => {
    const mail = compose(template, language);
    for (const part of mailParts) {
      expect(mail[part]).not.toMatch(/\{\{|\}\}|undefined|\bnull\b|NaN|\[object/);
      expect(mail[part].trim()).not.toBe('');
    }
    expect(mail.subject).not.toMatch(/[\r\n]/);
    const told = Object.entries(sample(template)).filter(([, value]) => typeof value === 'string');
    for (const [field, value] of told) {
      if (['orderNumber'].includes(field)) expect(mail.subject).toContain(value);
      if (['customerName', 'supplierName'].includes(field)) expect(mail.html).toContain(value);
      if (['customerName', 'supplierName', 'orderUrl', 'url'].includes(field))
        expect(mail.text).toContain(value);
    }
    expect(mail.html).toContain(`lang="${language}"`);
    expect(mail.html).toContain('prefers-color-scheme: dark');
    expect(mail.text).not.toMatch(/<[a-z]+|&[a-z#0-9]+;/);
    expect(mail.text).not.toMatch(/\n{4}/);
  });

  it.each(everyMail)('%s (%s) has a preheader and a title of its own', (template, language) => {
    const { html } = compose(template, language);
    const [, preheader] = /mso-hide:all;">([^&]+)/.exec(html)!;
    const [, title] = /<h1[^>]*>([^<]+)<\/h1>/.exec(html)!;
    expect(preheader!.length).toBeGreaterThan(10);
    expect(preheader).not.toBe(title);
  });

  it.each(everyMail)('%s (%s) closes every element it opens', (template, language) => {
    const open: string[] = [];
    for (const [, closing, name] of compose(template, language).html.matchAll(
      /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g,
    )) {
      if (['meta', 'br'].includes(name!)) continue;
      if (closing) expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it.each(mailTemplates)('%s reads differently in Italian and in English', (template) => {
    const [italian, english] = [compose(template, 'it'), compose(template, 'en')];
    for (const part of mailParts) expect(italian[part]).not.toBe(english[part]);
  });

  it.each(mailTemplates)('%s is the same each time', (template) => {
    expect(compose(template, 'it')).toEqual(compose(template, 'it'));
  });
});

describe('an order to several places', () => {
  const address = {
    name: 'Zia Pina',
    line1: 'Via Toledo 5',
    postalCode: '80132',
    city: 'Napoli',
    country: 'IT',
  };
  const lines = [{ sku: 'BOOK', title: 'Manuale', quantity: 3 }];

  it.each(languages)('is confirmed place by place (%s)', (language) => {
    const mail = compose('orderConfirmed', language, {
      destinations: [
        { address, parcelShop: null, store: null, lines },
        { address, parcelShop: 'Edicola Stella', store: null, lines },
        { address, parcelShop: null, store: 'Bologna Centro', lines },
      ],
    });
    for (const part of [mail.text, mail.html]) {
      for (const told of ['Zia Pina', 'Via Toledo 5', 'Edicola Stella', 'Bologna Centro', '3 × Manuale'])
        expect(part).toContain(told);
      expect(part).not.toContain('Via Alessandro Manzoni 31');
    }
    expect(mail.text).not.toMatch(/\n{4}/);
  });

  it.each(languages)('is told apart when a part of it leaves and arrives (%s)', (language) => {
    for (const template of ['shipped', 'delivered'] as const) {
      const mail = compose(template, language, { recipient: address });
      for (const part of [mail.text, mail.html]) expect(part).toContain('Zia Pina');
      expect(mail.text).not.toMatch(/\n{4}/);
    }
  });
});

describe('the language', () => {
  it.each([
    ['it-IT', 'it'],
    ['it_CH', 'it'],
    ['IT', 'it'],
    ['en-US', 'en'],
    ['pt-BR', 'en'],
    ['', 'en'],
    ['../../etc/passwd', 'en'],
  ])('of %s is %s', (locale, language) => {
    expect(compose('delivered', locale)).toEqual(compose('delivered', language));
  });
});

describe('data that mean harm', () => {
  const harm = `<script>alert(1)</script><img src=x onerror="x">'"&{{total}}\r\nBcc: thief@example.test\u2028\u202e`;
  const poisoned = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string')
      return /Url$|Before$|At$|^currency$|^mode$|^country$|^earliest$|^latest$|^before$/.test(name)
        ? value
        : value + harm;
    if (Array.isArray(value)) return value.map((part) => poisoned(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, poisoned(part, key)]));
  };

  it.each(everyMail)('stay text in %s (%s)', (template, language) => {
    const data = poisoned(sample(template));
    const mail = composer.compose({ template, locale: language, to: 'a@example.test', data } as MailRequest);
    expect(mail.html).not.toMatch(/<script|<img/i);
    expect(mail.html).toContain('&lt;script&gt;');
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(mail.subject.length).toBeLessThanOrEqual(200);
    expect(mail.text).not.toMatch(/^Bcc:/m);
    expect(mail.text + mail.html + mail.subject).not.toMatch(/[\u2028\u202e]/);
  });

  it('make no link of anything but a web address', () => {
    const parcels = [{ carrier: 'C', trackingNumber: 'T1', trackingUrl: 'javascript:alert(1)' }];
    const mail = compose('shipped', 'en', { parcels });
    expect(mail.html).not.toContain('javascript:');
    expect(mail.text).not.toContain('javascript:');
    expect(mail.html).toContain('T1');
    expect(() => compose('delivered', 'en', { orderUrl: 'javascript:alert(1)' })).toThrow(
      'Not a web address',
    );
  });
});

describe('data with a hole', () => {
  // What stands in a condition or a list may be absent: it then reads as its empty case.
  const mayBeAbsent = [
    'pickup',
    'promise',
    'parcelShop',
    'destinations',
    'recipient',
    'transfer',
    'notSupplied',
    'labelUrl',
    'mode',
    'isWorse',
    'isReminder',
    'lines',
    'parts',
    'parcels',
    'shortages',
    'items',
    'offers',
    'isCancelled',
    'isCancellable',
    'outcome',
    'extra',
  ];
  const fields = mailTemplates.flatMap((template) =>
    Object.keys(sample(template))
      .filter((field) => !mayBeAbsent.includes(field) && `${template}.${field}` !== 'purchaseOrder.total')
      .map((field) => [template, field] as const),
  );

  it.each(fields)('make %s fail when %s is missing', (template, field) => {
    expect(() => compose(template, 'it', { [field]: undefined })).toThrow(
      `The mail ${template} (it) cannot be written`,
    );
  });
});

describe('the order confirmation', () => {
  it('tells how to transfer the money while it is awaited, and not otherwise', () => {
    const waiting = compose('orderConfirmed', 'it');
    expect(waiting.subject).toBe('Ordine OR-100042 ricevuto: manca il bonifico');
    expect(plain(waiting.text)).toContain(
      'Importo: 120,22 €\nA favore di: Ordito Demo S.r.l.\nIBAN: IT60 X054 2811 1010 0000 0123 456\nCausale: OR-100042\nEntro il 12 ottobre 2025',
    );
    const paid = compose('orderConfirmed', 'it', { transfer: null });
    expect(paid.subject).toBe('Il tuo ordine OR-100042 è confermato');
    expect(paid.text + paid.html).not.toContain('onifico');
  });

  it('lists what was bought and what it comes to', () => {
    const { text } = compose('orderConfirmed', 'en');
    expect(text).toContain('- 2 × Sciarpa di lana merino “Notte” (SCARF-WOOL-BLUE): €89.82');
    expect(text).toContain('Standard delivery: €5.90\nTotal: €120.22');
    expect(text).toContain('40124 Bologna (BO)\nItaly');
  });

  it('names the store instead of the home when the order is picked up', () => {
    const { shippingAddress } = sample('orderConfirmed');
    const pickup = {
      locationName: 'Negozio Centro',
      address: { ...shippingAddress, line1: 'Via Rizzoli 1' },
    };
    const { text, html } = compose('orderConfirmed', 'it', { pickup });
    expect(text).toContain('Ritiro presso Negozio Centro');
    expect(html).toContain('Via Rizzoli 1');
    expect(text).not.toContain(shippingAddress.line1);
  });
});

describe('the purchase order', () => {
  it('tells the supplier what, where and by when, and that we buy from them', () => {
    const { text, html } = compose('purchaseOrder', 'it');
    expect(text).toContain('entro il 1 dicembre 2025');
    expect(text).toContain('- 120 × Sciarpa di lana merino “Notte” (SCARF-WOOL-BLUE)');
    expect(plain(text)).toContain('Totale: 3480,00 €');
    expect(text).toContain('37135 Verona');
    for (const part of [text, html]) {
      expect(part).toContain('perché ci fornisci merce');
      expect(part).not.toContain('perché hai effettuato');
    }
    expect(compose('purchaseOrder', 'en', { total: null }).text).not.toContain('Total');
  });
});

it.each([
  [
    'alternativeOffered',
    'it',
    'Rispondi entro il 8 ottobre 2025, 12:00 CEST. Se non ci rispondi o dici di no,',
  ],
  [
    'alternativeOffered',
    'en',
    'Please tell us by 8 October 2025, 12:00 CEST. If we do not hear from you, or',
  ],
  ['supplierOrder', 'it', 'dirci entro il 1 dicembre 2025, 10:00 CET se potete'],
  ['supplierOrder', 'en', 'tell us before 1 December 2025, 10:00 CET whether you can'],
  ['purchaseRequested', 'it', 'Rispondi entro il 12 ottobre 2025, 23:59 CEST'],
  ['orderConfirmed', 'it', 'Entro il 12 ottobre 2025, 23:59 CEST'],
  ['orderConfirmed', 'en', 'By 12 October 2025, 23:59 CEST'],
  ['orderChanged', 'it', 'Entro il 12 ottobre 2025, 23:59 CEST'],
  ['orderChanged', 'en', 'By 12 October 2025, 23:59 CEST'],
  ['changeAwaitsPayment', 'it', 'Entro il 12 ottobre 2025, 23:59 CEST'],
  ['changeAwaitsPayment', 'en', 'By 12 October 2025, 23:59 CEST'],
  ['readyForPickup', 'it', 'Lo teniamo da parte fino al 19 ottobre 2025, 20:00 CEST.'],
  ['readyForPickup', 'en', 'We keep it for you until 19 October 2025, 20:00 CEST.'],
  ['delivered', 'it', 'puoi restituirli fino al 4 novembre 2025, 23:59 CET dalla pagina'],
  ['delivered', 'en', 'you can return them until 4 November 2025, 23:59 CET from the page'],
] as const)(
  '%s tells in %s until when to the minute: something else is done then',
  (template, language, words) => {
    const { text, html } = compose(template, language);
    expect(text).toContain(words);
    expect(html.replace(/<\/?strong>/g, '')).toContain(words);
  },
);

it.each(mailTemplates)('%s tells no deadline by its day alone', (template) => {
  const { sources } = readTemplateFiles(templatesDir);
  for (const language of languages)
    expect(Object.values(sources[template][language]).join('\n')).not.toMatch(/\{\{date [\w.]*Before\}\}/);
});

describe('the mail about low stock', () => {
  it('says what is short, and what was done about it', () => {
    const { subject, text } = compose('stockLow', 'en');
    expect(subject).toBe('Stock is low: SCARF-WOOL-BLUE, BOOK-WEAVING');
    expect(text).toContain('position 3, reorder point 10. 48 pieces are in purchase order PO-100042.');
    expect(text).toContain('6 pieces are wanted, but no supplier sells it');
    expect(text).toContain('because you look after purchasing');
  });
});

describe('the mails about stock that is awaited', () => {
  it('give a date where there is one', () => {
    expect(compose('backordered', 'it').text).toContain(
      '(SCARF-WOOL-BLUE): disponibile da circa il 1 dicembre 2025',
    );
    expect(compose('backordered', 'en').text).toContain('tessitura (BOOK-WEAVING)\n');
  });

  it.each(languages)('speak of no store where nothing is collected (%s)', (language) => {
    const { text, html } = compose('backordered', language, { pickup: null });
    expect(text).not.toContain('Bologna Centro');
    expect(html).not.toContain('Bologna Centro');
    expect(text).toContain('OR-100042');
  });

  it('apologise for a worse date and not for a better one', () => {
    const worse = compose('backorderUpdated', 'en');
    expect(worse.subject).toBe('Delay in your order OR-100042');
    expect(worse.text).toContain('we are sorry');
    expect(worse.html).toContain('date not known yet');
    const better = compose('backorderUpdated', 'en', { isWorse: false });
    expect(better.subject).toBe('Good news about your order OR-100042');
    expect(better.text + better.html).not.toMatch(/sorry|rather not wait/);
  });
});

describe('the other mails', () => {
  it('give the pickup code, and until when', () => {
    const { text, html } = compose('readyForPickup', 'it');
    expect(text).toContain('7K2M9Q');
    expect(html).toContain('7K2M9Q');
    expect(text).toContain('19 ottobre 2025');
  });

  it('link each parcel', () => {
    const { text, html } = compose('shipped', 'it');
    for (const { trackingUrl } of sample('shipped').parcels) {
      expect(text).toContain(trackingUrl);
      expect(html).toContain(`href="${trackingUrl}"`);
    }
  });

  it('promise money back only where there is some, and name the reason', () => {
    expect(plain(compose('cancelled', 'it').text)).toContain('Ti restituiamo 120,22 €');
    const free = compose('cancelled', 'it', { moneyReturned: money(0, 'EUR'), reason: 'paymentDeclined' });
    expect(free.text).toContain('Non ti è stato addebitato nulla');
    expect(free.text).toContain('Motivo: il pagamento non è andato a buon fine\n');
    expect(compose('cancelled', 'en', { reason: 'Wrong size, constructor' }).text).toContain(
      'Reason: Wrong size, constructor\n',
    );
    expect(compose('cancelled', 'en', { reason: 'constructor' }).text).toContain('Reason: constructor\n');
  });

  it('explain each way of returning', () => {
    expect(compose('returnLabel', 'it').text).toContain('Etichetta di reso: https://');
    expect(compose('returnLabel', 'it', { labelUrl: null }).text).toContain('a breve');
    expect(compose('returnLabel', 'it', { mode: 'store', labelUrl: null }).text).toContain('nostri negozi');
    const keep = compose('returnLabel', 'it', { mode: 'keep', labelUrl: null });
    expect(keep.text).toContain('puoi tenerli');
    expect(keep.text).not.toContain('etichetta');
  });

  it('name each means of payment of a refund and the code of the credit', () => {
    const text = plain(compose('refunded', 'it').text);
    expect(text).toContain('- Carta di credito o debito: 50,00 €');
    expect(text).toContain(
      '- Credito negozio: 39,82 €\n  Codice da usare al prossimo acquisto: SC-4XQ7-91KD',
    );
  });

  it('write money by the digits of its currency', () => {
    expect(plain(compose('paymentReceived', 'it', { amount: money(1500, 'JPY') }).text)).toContain(
      '1500 JPY',
    );
  });
});

it('has the same shared words in every language', () => {
  const namesIn = (language: string) => {
    const { words, reasons } = JSON.parse(
      readFileSync(join(templatesDir, 'words', `${language}.json`), 'utf8'),
    ) as {
      words: object;
      reasons: object;
    };
    return [Object.keys(words), Object.keys(reasons)];
  };
  for (const language of languages) expect(namesIn(language)).toEqual(namesIn('en'));
});

it('refuses a folder in which a mail is missing', () => {
  expect(() => createMailComposer({ templatesDir: __dirname })).toThrow('ENOENT');
});
