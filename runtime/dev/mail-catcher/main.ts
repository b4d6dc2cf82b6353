import { parseArgs } from 'node:util';
import { startMailCatcher } from './catcher';

/** The mail catcher as a process of its own: `--folder F --smtp-port N --page-port N [--host H]`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'smtp-port': { type: 'string' },
      'page-port': { type: 'string' },
    },
  });
  const catcher = await startMailCatcher({
    folder: values.folder ?? '.ordito/mail',
    host: values.host,
    smtpPort: Number(values['smtp-port'] ?? 1025),
    pagePort: Number(values['page-port'] ?? 8025),
  });
  console.log(`mail page ${catcher.pageUrl}, ${catcher.smtpUrl}`);
  process.send?.('ready');
  const stop = () => void catcher.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
