import type { ApiDependencies } from '../dependencies';
import type { Operation } from '../operation';
import type { Services } from '../services';
import { alternativeOperations } from './alternatives';
import { accountOperations } from './accounts';
import { assortmentOperations } from './assortments';
import { bufferOperations } from './buffers';
import { catalogueOperations } from './catalogue';
import { documentOperations } from './documents';
import { fulfillmentOperations } from './fulfillments';
import { offerOperations } from './offers';
import { editOperations } from './order-edits';
import { developmentOperations, orderOperations } from './orders';
import { outsideOperations } from './outside';
import { priceListOperations } from './price-lists';
import { purchaseOrderOperations } from './purchase-orders';
import { reorderOperations } from './reorder';
import { reservationOperations } from './reservations';
import { returnOperations } from './returns';
import { ruleOperations } from './rules';
import { simulationOperations } from './simulations';
import { subscriptionOperations } from './subscriptions';
import { stockAlertOperations } from './stock-alerts';
import { stockFeedOperations } from './stock-feeds';
import { stockOperations } from './stock';
import { exceptionOperations } from './exceptions';
import { purchaseRequestOperations } from './purchase-requests';
import { stockTransferOperations } from './stock-transfers';
import { supplierOperations } from './suppliers';
import { tariffOperations } from './tariffs';

/** Every operation of the API. */
export function createOperations(services: Services, deps: ApiDependencies): Operation[] {
  return [
    ...orderOperations(services),
    ...offerOperations(services),
    ...editOperations(services),
    ...stockOperations(services),
    ...reservationOperations(services),
    ...stockAlertOperations(services),
    ...stockTransferOperations(services),
    ...purchaseRequestOperations(services),
    ...exceptionOperations(services),
    ...supplierOperations(services),
    ...purchaseOrderOperations(services),
    ...reorderOperations(services),
    ...priceListOperations(services),
    ...accountOperations(services),
    ...bufferOperations(services),
    ...ruleOperations(services),
    ...simulationOperations(services),
    ...tariffOperations(services),
    ...stockFeedOperations(services),
    ...subscriptionOperations(services),
    ...fulfillmentOperations(services),
    ...returnOperations(services),
    ...documentOperations(services),
    ...catalogueOperations(services),
    ...alternativeOperations(services),
    ...assortmentOperations(services),
    ...outsideOperations(services, deps),
    ...(deps.settings.environment === 'development' ? developmentOperations(services) : []),
  ];
}
