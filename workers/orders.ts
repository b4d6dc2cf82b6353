import { configOrExit } from '../runtime/config';
import { runUntilTold } from '../runtime/run-until-told';
import { installRuntime, startOrdersWorker } from '../runtime/worker';

const config = configOrExit();
installRuntime(config);
void runUntilTold(() => startOrdersWorker(config));
