// Prints the closing line from jest's own result file. A test file that could not even be loaded counts as one
// failure: jest counts no test in it.
import { readFileSync } from 'node:fs';

let result;
try {
  result = JSON.parse(readFileSync(process.argv[2], 'utf8'));
} catch {
  console.log('jest left no result.');
  process.exit(1);
}
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
const skipped = result.numPendingTests + result.numTodoTests;
console.log(`${result.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(result.success && failed === 0 && result.numPassedTests > 0 ? 0 : 1);
