import { readDropships } from '../dropship/read-dropship';
import { readCalendars } from './console-calendars';
import { readCarried } from './console-carried';
import { readChanges, readLastEventId } from './console-changes';
import { readFailedItems, readOverdueWaits } from './console-exceptions';
import { readGoods } from './console-goods';
import { readMovements } from './console-movements';
import { readPlaces } from './console-places';
import { findParcel } from './console-parcel';
import { readReturnsAt } from './console-returns';
import { searchStock } from './console-stock';
import { readTitles } from './console-titles';
import { countWork, readWeights } from './console-work';
import { countExceptions } from './count-exceptions';

/** What the console's pages read beside what the API's services answer. */
export const consoleOperations = {
  countExceptions,
  countWork,
  findParcel,
  readCalendars,
  readCarried,
  readChanges,
  readDropships,
  readFailedItems,
  readGoods,
  readLastEventId,
  readMovements,
  readOverdueWaits,
  readPlaces,
  readReturnsAt,
  readTitles,
  readWeights,
  searchStock,
};
