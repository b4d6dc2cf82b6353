import { startApi } from '../api';
import { configOrExit } from '../config';
import { runUntilTold } from '../run-until-told';

void runUntilTold(() => startApi(configOrExit()));
