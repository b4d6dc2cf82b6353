import { readChanges, readLastEventId } from './console-changes';
import { readFailedItems, readOverdueWaits } from './console-exceptions';
import { readGoods } from './console-goods';
import { readMovements } from './console-movements';
import { findParcel } from './console-parcel';
import { readReturnsAt } from './console-returns';
import { searchStock } from './console-stock';
import { readTitles } from './console-titles';
import { countWork, readWeights } from './console-work';

/** What the console's pages read beside what the API's services answer. */
export const consoleOperations = {
  countWork,
  findParcel,
  readChanges,
  readFailedItems,
  readGoods,
  readLastEventId,
  readMovements,
  readOverdueWaits,
  readReturnsAt,
  readTitles,
  readWeights,
  searchStock,
};
