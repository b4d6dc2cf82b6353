import { orderHands, type OrderHands } from './hands/orders';
import { returnHands, type ReturnHands } from './hands/returns';
import { stockHands, type StockHands } from './hands/stock';
import { takeInHand, type StageOptions, type StoryAtHand } from './hands/story-at-hand';
import { workHands, type WorkHands } from './hands/work';

/**
 * One story's hands: what channels, staff, carrier and customers do over HTTP, each with a key of its role. Nothing
 * here reaches around the API.
 */
export interface Stage
  extends Pick<StoryAtHand, 'read' | 'until'>, OrderHands, StockHands, WorkHands, ReturnHands {}

export function createStage(options: StageOptions): Stage {
  const story = takeInHand(options);
  const { read, until } = story;
  return {
    read,
    until,
    ...orderHands(story),
    ...stockHands(story),
    ...workHands(story),
    ...returnHands(story),
  };
}
