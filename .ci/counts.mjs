/** Prints the tests that failed, then vitest's counts as one closing line; exit code 1 when a test failed or none ran. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

function readCounts(path) {
  try {
    const {
      numPassedTests,
      numFailedTests,
      numPendingTests,
      success,
      testResults = [],
    } = JSON.parse(readFileSync(path, 'utf8'));
    const faults = testResults.flatMap(faultsOfFile);
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, success, faults };
  } catch {
    return { passed: 0, failed: 0, skipped: 0, success: false, faults: [] };
  }
}

/** A line per failed test; of a file that could not be loaded, its message. */
function faultsOfFile({ name, status, message, assertionResults }) {
  const file = relative(process.cwd(), name);
  const failedTests = assertionResults.filter((test) => test.status === 'failed');
  if (failedTests.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
  return failedTests.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0])}`);
}

function firstLine(text) {
  return (text ?? '').split('\n', 1)[0].slice(0, 400);
}

const { passed, failed, skipped, success, faults } = readCounts(process.argv[2]);
for (const fault of faults) console.log(`failed: ${fault}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = success && passed > 0 && failed === 0 ? 0 : 1;
