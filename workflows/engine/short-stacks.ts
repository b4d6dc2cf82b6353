/**
 * Temporal's SDK takes a stack trace for every promise of a workflow, to answer its query `__stack_trace`: with ten
 * frames each that is nearly half of what running a workflow costs. Four tell where an order waits, or what threw; two
 * of a promise's are the SDK's own. Loaded before the sandbox is sealed, and only then (`preloadModules`).
 */
Error.stackTraceLimit = 4;
