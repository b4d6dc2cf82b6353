import { sentTransferIdOf } from '../../domain/ids';
import type { StepWait } from '../story/record-step';
import type { CarrierReport } from './carrier-report';
import type { OpenFulfillment } from './open-fulfillment';

/** What a carrier reports and nobody but people can put right is waited for until they have. */
const forPeople = (key: string, { occurredAt }: CarrierReport, what: string): StepWait => ({
  key,
  what: `operations: ${what}`,
  until: occurredAt,
  then: 'nothing happens by itself',
});

/** A parcel to a store that was given up comes all the same: its customer gets others by then, so people take it in. */
export const cameAfterAll = (report: CarrierReport, storeName: string): StepWait =>
  forPeople(
    `found:${report.trackingNumber}`,
    report,
    `parcel ${report.trackingNumber} came to ${storeName} after it was given up and sent anew; take its goods in there as a receipt`,
  );

/** The money for a parcel is on its way back, and then it arrives: only people can ask the customer for it. */
export const foundAgain = (report: CarrierReport): StepWait =>
  forPeople(
    `found:${report.trackingNumber}`,
    report,
    `parcel ${report.trackingNumber} was delivered after it was given up and refunded; ask the customer to pay for it or to send it back`,
  );

/** Goods of an internal order that will not come. */
export const goodsAstray = ({ id, toLocationId }: OpenFulfillment, report: CarrierReport): StepWait =>
  forPeople(
    `astray:${report.trackingNumber}`,
    report,
    `parcel ${report.trackingNumber} to ${toLocationId} ${report.status === 'lost' ? 'is lost' : 'is on its way back'}; take in what came of transfer ${sentTransferIdOf(id)}, and close it short`,
  );
