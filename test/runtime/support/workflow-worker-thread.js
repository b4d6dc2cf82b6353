// Stands where Temporal's SDK has the program of its workflow threads, whose name it bears: tells what such a thread may do.
const { AsyncLocalStorage } = require('node:async_hooks');
const { createHook } = require('node:v8').promiseHooks;
const vm = require('node:vm');
const { parentPort } = require('node:worker_threads');

function outcomeOf(act) {
  try {
    return String(act());
  } catch (error) {
    return error.code ?? error.message;
  }
}

/** Of a sandbox as the SDK makes one, with all that a workflow's scopes need. */
async function scopesThroughPromises() {
  const seen = [];
  const scope = new AsyncLocalStorage();
  const context = vm.createContext({ scope, seen }, { microtaskMode: 'afterEvaluate' });
  const run = (code) => vm.runInContext(code, context);
  run(
    `async function walk() { await null; seen.push(scope.getStore()); await new Promise((go) => (goOn = go)); seen.push(scope.getStore()); }`,
  );
  run(`scope.run('mine', walk)`);
  run(`scope.run('another', () => goOn())`);
  return seen;
}

const busyFor30Ms = `{ const until = Date.now() + 30; while (Date.now() < until); 'done' }`;
void (async () =>
  parentPort.postMessage({
    stackTraces: outcomeOf(() => typeof createHook({ init() {}, settled() {} })),
    beyondTheLimit: outcomeOf(() => vm.runInContext(busyFor30Ms, vm.createContext({ Date }), { timeout: 1 })),
    scopes: await scopesThroughPromises(),
  }))();
