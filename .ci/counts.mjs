/** Prints vitest's counts as one closing line; exit code 1 when a test failed or none ran. */
import { readFileSync } from 'node:fs';

function readCounts(path) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(readFileSync(path, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, success };
  } catch {
    return { passed: 0, failed: 0, skipped: 0, success: false };
  }
}

const { passed, failed, skipped, success } = readCounts(process.argv[2]);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = success && passed > 0 && failed === 0 ? 0 : 1;
