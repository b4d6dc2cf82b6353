import { migrate } from '../../store/migrate';
import { loadConfig } from '../config';

void migrate(loadConfig().databaseUrl);
