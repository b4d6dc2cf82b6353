// What a worker can run; the exported name is the workflow type.
export { order } from './order';
export { stockFeed } from './stock-feed';
export { ruleSimulation } from './rule-simulation';
