import { startApi } from '../api';
import { loadConfig } from '../config';
import { runUntilTold } from '../run-until-told';

void runUntilTold(() => startApi(loadConfig()));
