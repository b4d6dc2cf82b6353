import type { Language } from '../../domain/language';

const english = {
  order: 'Order',
  answerBefore: 'answer before',
  problemTitle: 'This did not work',
  isRefused: 'Nothing is to be shipped any more: the work was refused, taken back or cancelled.',
  'held.allocated':
    'The order is on hold. You need not answer now, and nothing is to be shipped. The deadline rests, and the one in ' +
    'your mail no longer holds: your time begins anew when the order goes on, and this page then says until when. ' +
    'Please look here again.',
  'held.picking':
    'The order is on hold. Please ship nothing until it goes on. What has left already can be told here then: please ' +
    'look here again. Reminders that come meanwhile need no answer.',
  'held.packed': 'The order is on hold. Please hand over nothing until it goes on, and look here again.',
  toShip: 'To ship',
  goods: 'The goods',
  // After the name of who asks.
  asks: 'asks you to ship these goods in its name.',
  yourSku: 'your SKU',
  to: 'To',
  intoTheBox: 'Into the box',
  slipHint: 'This slip, and nothing that shows your prices.',
  slip: 'Packing slip',
  parcels: 'Parcels',
  canYou: 'Can you ship it?',
  confirm: 'Yes, we ship it',
  wasShipped: 'It was shipped',
  parcel: 'Parcel',
  carrier: 'Carrier',
  trackingNumber: 'Tracking number',
  trackingUrl: 'Link to follow it, if there is one',
  of: 'of',
  ship: 'Shipped',
  oneMore: 'One parcel more',
  oneFewer: 'One parcel fewer',
  cannot: 'We cannot ship it',
  why: 'Why',
  reject: 'Refuse the order',
  formOld: 'This form was out of date. Please try again.',
  checkForm: 'Look through what you filled in. Where there are several parcels, each says what is in it.',
  linkUnknown: 'This link does not work',
  linkUnknownDetail: 'It may be incomplete: open it once more from the mail that it came with.',
  'state.onHold': 'on hold',
  'state.allocated': 'to be answered',
  'state.picking': 'confirmed',
  'state.packed': 'packed',
  'state.shipped': 'shipped',
  'state.toStore': 'on its way to the store',
  'state.atStore': 'in the store',
  'state.gathered': 'in the store',
  'state.readyForPickup': 'in the store',
  'state.delivered': 'delivered',
  'state.returned': 'returned',
  'state.cancelled': 'cancelled',
  // Of parcels.
  'state.inTransit': 'on its way',
  'state.outForDelivery': 'out for delivery',
  'state.failed': 'could not be delivered yet',
  'state.lost': 'lost',
};

const italian: Record<keyof typeof english, string> = {
  order: 'Ordine',
  answerBefore: 'rispondere entro il',
  problemTitle: 'Non ha funzionato',
  isRefused: 'Non c’è più nulla da spedire: il lavoro è stato rifiutato, ritirato o annullato.',
  'held.allocated':
    'L’ordine è sospeso. Per ora non serve rispondere e non va spedito nulla. Il termine è fermo, e quello indicato ' +
    'nella mail non vale più: riparte da capo quando l’ordine riprende, e allora questa pagina dirà entro quando ' +
    'rispondere. Vi preghiamo di tornare a guardarla.',
  'held.picking':
    'L’ordine è sospeso. Vi preghiamo di non spedire nulla finché non riprende. Quello che è già partito si potrà ' +
    'indicare qui allora: vi preghiamo di tornare a guardare. Ai solleciti che arrivano nel frattempo non serve ' +
    'rispondere.',
  'held.packed':
    'L’ordine è sospeso. Vi preghiamo di non consegnare nulla al corriere finché non riprende, e di tornare a ' +
    'guardare qui.',
  toShip: 'Da spedire',
  goods: 'La merce',
  asks: 'vi chiede di spedire questa merce a suo nome.',
  yourSku: 'vostro codice',
  to: 'Destinatario',
  intoTheBox: 'Nel pacco',
  slipHint: 'Questo documento, e nulla che mostri i vostri prezzi.',
  slip: 'Documento per il pacco',
  parcels: 'Pacchi',
  canYou: 'Potete spedirlo?',
  confirm: 'Sì, lo spediamo',
  wasShipped: 'È stato spedito',
  parcel: 'Pacco',
  carrier: 'Corriere',
  trackingNumber: 'Numero di spedizione',
  trackingUrl: 'Link per seguirlo, se c’è',
  of: 'di',
  ship: 'Spedito',
  oneMore: 'Un altro pacco',
  oneFewer: 'Un pacco in meno',
  cannot: 'Non possiamo spedirlo',
  why: 'Perché',
  reject: 'Rifiutare l’ordine',
  formOld: 'Questo modulo non era più aggiornato. Vi preghiamo di riprovare.',
  checkForm:
    'Controllate quello che avete scritto. Se i pacchi sono più di uno, per ognuno va detto che cosa contiene.',
  linkUnknown: 'Questo link non funziona',
  linkUnknownDetail: 'Forse è incompleto: apritelo di nuovo dalla mail con cui è arrivato.',
  'state.onHold': 'sospeso',
  'state.allocated': 'in attesa di risposta',
  'state.picking': 'confermato',
  'state.packed': 'imballato',
  'state.shipped': 'spedito',
  'state.toStore': 'in viaggio verso il negozio',
  'state.atStore': 'in negozio',
  'state.gathered': 'in negozio',
  'state.readyForPickup': 'in negozio',
  'state.delivered': 'consegnato',
  'state.returned': 'reso',
  'state.cancelled': 'annullato',
  'state.inTransit': 'in viaggio',
  'state.outForDelivery': 'in consegna',
  'state.failed': 'non ancora consegnato',
  'state.lost': 'perso',
};

/** Everything that a supplier's page says, by the language of its mails. */
export const supplierWords: Record<Language, Record<string, string>> = { en: english, it: italian };
