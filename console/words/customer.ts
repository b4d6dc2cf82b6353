import { destinationsOf } from '../order-places';
import type { OrderAnswer } from '../../api/services/orders';
import type { Language } from '../../domain/language';
import type { Tone } from './tones';

/** Everything that the customer's page says, by language. */
export const customerWords: Record<Language, Record<string, string>> = {
  en: {
    order: 'Order',
    placedOn: 'Placed on',
    promised: 'Expected delivery',
    cancelHint: 'Your order takes longer than we told you. If you would rather not wait, you can cancel it.',
    cancelButton: 'Cancel the order',
    offerTitle: 'Something else instead?',
    offerLead: 'This is not there at the moment:',
    offerUntil: 'Please choose by',
    offerWaits: 'Without an answer these pieces wait until they can be had again.',
    offerCancelled: 'Without an answer these pieces are cancelled, and you do not pay for them.',
    offerEach: 'each',
    offerSaving: 'you pay less:',
    offerBy: 'with you by',
    offerAccept: 'Take this instead',
    offerRefuse: 'No, thank you',
    offerGone: 'What you chose cannot be had any more. Look at what there is now, or wait.',
    cancelRefused: 'This order can no longer be cancelled: a part of it has left.',
    promisedPickup: 'Ready to collect',
    items: 'Items',
    quantity: 'Qty',
    shipping: 'Shipping',
    total: 'Total',
    deliverTo: 'Delivery address',
    parcels: 'Parcels',
    trackParcel: 'Track parcel',
    pickupTitle: 'Ready to be collected',
    pickupCode: 'Your code',
    pickupHint: 'Show this code at the counter.',
    documents: 'Documents',
    returns: 'Returns',
    returnLabel: 'Print the return label',
    returnTitle: 'Send something back',
    returnHint: 'Choose what you want to return. We send you a label for the parcel.',
    returnReason: 'Why?',
    refundTo: 'Refund',
    refundTenders: 'The way I paid',
    refundCredit: 'Store credit',
    returnButton: 'Start the return',
    returnPieces: 'Pieces to return of',
    returnRefused: 'This return is not possible: reload the page to see what is.',
    chooseItems: 'Choose at least one item to return.',
    formOld: 'This page was out of date. Please try again.',
    transferTitle: 'We are waiting for your bank transfer',
    transferReference: 'Give this reference',
    transferAmount: 'Amount',
    changeTitle: 'Change your order',
    changeHint: 'We have not begun to prepare it. You can change it until',
    changePieces: 'Pieces of',
    changeButton: 'Save the changes',
    changeRefused: 'This change is not possible. Reload the page to see your order as it is now.',
    cancelFreely: 'Have you changed your mind? You can still cancel the whole order.',
    addressName: 'Name',
    addressLine1: 'Street and number',
    addressLine2: 'More of the address',
    addressPostalCode: 'Postal code',
    addressCity: 'City',
    addressRegion: 'Region',
    addressPhone: 'Phone',
    problemTitle: 'That did not work',
    linkUnknown: 'This link does not work',
    linkUnknownDetail: 'It may be incomplete: open it once more from the mail that it came with.',
    refund: 'Refund',
    'document.orderConfirmation': 'Order confirmation (PDF)',
    'document.returnLabel': 'Return label (PDF)',
    'step.received': 'Received',
    'step.prepared': 'Being prepared',
    'step.sent': 'On its way',
    'step.ready': 'Ready to collect',
    'step.arrived': 'Delivered',
    'step.collected': 'Collected',
    'state.cancelled': 'This order was cancelled.',
    'state.onHold': 'We are checking your order. You need not do anything.',
    'state.placed': 'We have your order and are working on it.',
    'state.backordered': 'Some items are not in stock now. We send them as soon as they come in.',
    'state.preparing': 'We are preparing your order.',
    'state.sent': 'Your order is on its way.',
    'state.partlySent': 'A part of your order is on its way.',
    'state.ready': 'Your order is ready to be collected.',
    'state.arrived': 'Your order has arrived. We hope you like it.',
    'state.returned': 'Everything has come back to us.',
    'line.unsourced': 'being prepared',
    'line.backordered': 'waiting for stock',
    'line.allocated': 'being prepared',
    'line.picking': 'being prepared',
    'line.packed': 'packed',
    'line.shipped': 'on its way',
    'line.readyForPickup': 'ready to collect',
    'line.delivered': 'delivered',
    'line.returned': 'returned',
    'line.cancelled': 'cancelled',
    'return.requested': 'Waiting for your parcel',
    'return.received': 'Arrived, being checked',
    'return.inspected': 'Checked, refund under way',
    'return.refunded': 'Refunded',
    'return.rejected': 'Not accepted',
    'return.expired': 'Closed, nothing arrived',
    'return.cancelled': 'Cancelled',
  },
  it: {
    order: 'Ordine',
    placedOn: 'Effettuato il',
    promised: 'Consegna prevista',
    cancelHint:
      'Il tuo ordine richiede più tempo del previsto. Se preferisci non aspettare, puoi annullarlo.',
    offerTitle: 'Qualcos’altro al suo posto?',
    offerLead: 'Al momento questo non c’è:',
    offerUntil: 'Scegli entro il',
    offerWaits: 'Senza una risposta questi pezzi aspettano finché si possono avere di nuovo.',
    offerCancelled: 'Senza una risposta questi pezzi vengono annullati e non li paghi.',
    offerEach: 'al pezzo',
    offerSaving: 'paghi in meno:',
    offerBy: 'da te entro il',
    offerAccept: 'Prendo questo',
    offerRefuse: 'No, grazie',
    offerGone: 'Quello che hai scelto non si può più avere. Guarda che cosa c’è ora, oppure aspetta.',
    cancelButton: 'Annulla l’ordine',
    cancelRefused: 'Questo ordine non può più essere annullato: una parte è già partita.',
    promisedPickup: 'Pronto per il ritiro',
    items: 'Articoli',
    quantity: 'Q.tà',
    shipping: 'Spedizione',
    total: 'Totale',
    deliverTo: 'Indirizzo di consegna',
    parcels: 'Pacchi',
    trackParcel: 'Segui il pacco',
    pickupTitle: 'Pronto per il ritiro',
    pickupCode: 'Il tuo codice',
    pickupHint: 'Mostra questo codice alla cassa.',
    documents: 'Documenti',
    returns: 'Resi',
    returnLabel: 'Stampa l’etichetta di reso',
    returnTitle: 'Rendi qualcosa',
    returnHint: 'Scegli che cosa vuoi rendere. Ti inviamo un’etichetta per il pacco.',
    returnReason: 'Perché?',
    refundTo: 'Rimborso',
    refundTenders: 'Come ho pagato',
    refundCredit: 'Credito negozio',
    returnButton: 'Avvia il reso',
    returnPieces: 'Pezzi da rendere di',
    returnRefused: 'Questo reso non è possibile: ricarica la pagina per vedere che cosa lo è.',
    chooseItems: 'Scegli almeno un articolo da rendere.',
    formOld: 'La pagina non era aggiornata. Riprova.',
    transferTitle: 'Aspettiamo il tuo bonifico',
    transferReference: 'Indica questa causale',
    transferAmount: 'Importo',
    changeTitle: 'Modifica il tuo ordine',
    changeHint: 'Non abbiamo ancora iniziato a prepararlo. Puoi modificarlo fino a',
    changePieces: 'Pezzi di',
    changeButton: 'Salva le modifiche',
    changeRefused:
      'Questa modifica non è possibile. Ricarica la pagina per vedere il tuo ordine com’è adesso.',
    cancelFreely: 'Hai cambiato idea? Puoi ancora annullare tutto l’ordine.',
    addressName: 'Nome',
    addressLine1: 'Via e numero civico',
    addressLine2: 'Altre indicazioni',
    addressPostalCode: 'CAP',
    addressCity: 'Città',
    addressRegion: 'Provincia',
    addressPhone: 'Telefono',
    problemTitle: 'Non ha funzionato',
    linkUnknown: 'Questo link non funziona',
    linkUnknownDetail: 'Forse è incompleto: aprilo di nuovo dalla mail in cui è arrivato.',
    refund: 'Rimborso',
    'document.orderConfirmation': 'Conferma d’ordine (PDF)',
    'document.returnLabel': 'Etichetta di reso (PDF)',
    'step.received': 'Ricevuto',
    'step.prepared': 'In preparazione',
    'step.sent': 'In viaggio',
    'step.ready': 'Pronto per il ritiro',
    'step.arrived': 'Consegnato',
    'step.collected': 'Ritirato',
    'state.cancelled': 'Questo ordine è stato annullato.',
    'state.onHold': 'Stiamo controllando il tuo ordine. Non devi fare nulla.',
    'state.placed': 'Abbiamo ricevuto il tuo ordine e ci stiamo lavorando.',
    'state.backordered': 'Alcuni articoli non sono disponibili ora. Li spediamo appena arrivano.',
    'state.preparing': 'Stiamo preparando il tuo ordine.',
    'state.sent': 'Il tuo ordine è in viaggio.',
    'state.partlySent': 'Una parte del tuo ordine è in viaggio.',
    'state.ready': 'Il tuo ordine è pronto per il ritiro.',
    'state.arrived': 'Il tuo ordine è arrivato. Speriamo che ti piaccia.',
    'state.returned': 'Tutto è tornato da noi.',
    'line.unsourced': 'in preparazione',
    'line.backordered': 'in attesa di arrivo',
    'line.allocated': 'in preparazione',
    'line.picking': 'in preparazione',
    'line.packed': 'imballato',
    'line.shipped': 'in viaggio',
    'line.readyForPickup': 'pronto per il ritiro',
    'line.delivered': 'consegnato',
    'line.returned': 'reso',
    'line.cancelled': 'annullato',
    'return.requested': 'Aspettiamo il tuo pacco',
    'return.received': 'Arrivato, in controllo',
    'return.inspected': 'Controllato, rimborso in corso',
    'return.refunded': 'Rimborsato',
    'return.rejected': 'Non accettato',
    'return.expired': 'Chiuso, non è arrivato nulla',
    'return.cancelled': 'Annullato',
  },
};

/** What a customer may give as the reason of a return. */
export const returnReasons: Record<Language, string[]> = {
  en: ['It does not fit', 'I do not like it', 'It is damaged', 'It is not what I ordered', 'Another reason'],
  it: [
    'Non va bene la taglia',
    'Non mi piace',
    'È danneggiato',
    'Non è quello che ho ordinato',
    'Un altro motivo',
  ],
};

export interface Progress {
  text: string;
  tone: Tone;
  /** The way from the order to the customer; empty when it leads nowhere any more. */
  steps: { name: string; isDone: boolean; isHere: boolean }[];
}

/** Where an order is, as one tells a friend. */
export function progressOf(order: OrderAnswer, language: Language): Progress {
  const words = customerWords[language];
  const counts = (...states: string[]) =>
    order.lines.reduce(
      (sum, line) =>
        sum + states.reduce((so, state) => so + ((line.byState as Record<string, number>)[state] ?? 0), 0),
      0,
    );
  const isPickup = destinationsOf(order).every(({ there }) => there.delivery.mode !== 'ship');
  const told = (state: string, tone: Tone, at: number): Progress => ({
    text: words[`state.${state}`]!,
    tone,
    steps: stepsOf(isPickup, at, words),
  });
  if (order.status === 'cancelled') return { ...told('cancelled', 'bad', 0), steps: [] };
  if (order.status === 'onHold') return told('onHold', 'warn', 0);
  const left = counts('unsourced', 'allocated', 'picking', 'packed', 'backordered');
  if (counts('readyForPickup') > 0) return told('ready', 'good', 2);
  if (counts('shipped') > 0) return told(left > 0 ? 'partlySent' : 'sent', 'busy', 2);
  if (left === 0 && counts('delivered') > 0) return told('arrived', 'good', 3);
  if (left === 0 && counts('returned') > 0) return told('returned', 'quiet', 3);
  if (counts('backordered') > 0) return told('backordered', 'warn', 0);
  return order.status === 'placed' ? told('placed', 'info', 0) : told('preparing', 'info', 1);
}

function stepsOf(isPickup: boolean, at: number, words: Record<string, string>): Progress['steps'] {
  const names = isPickup
    ? ['step.received', 'step.prepared', 'step.ready', 'step.collected']
    : ['step.received', 'step.prepared', 'step.sent', 'step.arrived'];
  return names.map((name, index) => ({ name: words[name]!, isDone: index < at, isHere: index === at }));
}
