// A pusher in a process of its own, to be killed: node -r tsx/cjs … <database url> <lease ms>
import { createAvailabilityWebhooks } from '../../../adapters/webhooks/availability';
import { pushAvailability } from '../../../relay/push-availability';
import { createStore } from '../../../store';
import { connect } from '../../../store/connect';

const [databaseUrl, leaseMs] = process.argv.slice(2) as [string, string];
pushAvailability({
  store: createStore(connect(databaseUrl, 4)),
  sink: createAvailabilityWebhooks({ source: 'http://test', timeoutMs: 500 }),
  leaseMs: Number(leaseMs),
  now: () => new Date(),
  onError: (error) => console.error(error),
});
