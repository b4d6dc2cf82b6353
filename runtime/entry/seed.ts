import { saveKey } from '../../store/keys/save-key';
import { connect } from '../../store/connect';
import { configOrExit } from '../config';
import { saveDemoKeys } from '../dev/seed/demo-keys';
import { loadDemoData } from '../dev/seed/load-demo-data';

/** Run once at every development start: keys always, the demo retailer unless told `--empty`. */
async function seed(isEmpty: boolean): Promise<void> {
  const { databaseUrl, home, secret } = configOrExit();
  const db = connect(databaseUrl, 2);
  try {
    await saveDemoKeys(home, secret, (key) => saveKey(db, key));
    if (!isEmpty) await loadDemoData(db, new Date());
  } finally {
    await db.destroy();
  }
}

void seed(process.argv.includes('--empty'));
