import { migrate } from '../../store/migrate';
import { configOrExit } from '../config';

void migrate(configOrExit().databaseUrl);
