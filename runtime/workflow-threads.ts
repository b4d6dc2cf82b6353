// Loaded into every thread of a program before all else (`--require`), and at work only in those threads in which
// Temporal's SDK runs workflows: it leaves out two things there that the SDK does at every step of an order, and that
// took a fifth of a worker's processor. See decision 48.
import v8, { type HookCallbacks } from 'node:v8';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  if (process.env.WORKFLOW_STACK_TRACES !== 'on') leaveOutStackTraces();
  leaveOutWatchdogs();
}

/**
 * The SDK follows each promise of each workflow with a stack trace, so that the Temporal UI can show where one stands.
 * It goes without where Node has no hooks for promises, and says so. Node's own hooks, which carry the SDK's cancellation
 * scopes through promises, name what comes before a promise's turn.
 */
function leaveOutStackTraces(): void {
  const { createHook } = v8.promiseHooks;
  v8.promiseHooks.createHook = (callbacks: HookCallbacks) => {
    if (!isOfSdk() || callbacks.before) return createHook(callbacks);
    leaveOutNextWarning();
    throw new Error('Stack traces of workflows are off');
  };
}

/** The SDK warns as if something were missing, outside of the log. */
function leaveOutNextWarning(): void {
  const { warn } = console;
  console.warn = () => void (console.warn = warn);
}

/** Node starts and ends a thread of the system at each call that has a time limit, to watch the clock. */
function leaveOutWatchdogs(): void {
  const { runInContext } = vm.Script.prototype;
  vm.Script.prototype.runInContext = function (context, options) {
    return runInContext.call(
      this,
      context,
      isOfSdk() ? { ...options, timeout: undefined } : options,
    ) as unknown;
  };
}

/** Known only once the thread's own program begins. */
const isOfSdk = (): boolean => process.argv[1]?.endsWith('workflow-worker-thread.js') ?? false;
