import { configOrExit } from '../config';
import { runUntilTold } from '../run-until-told';
import { startSandbox } from '../sandbox';

void runUntilTold(() => startSandbox(configOrExit()));
