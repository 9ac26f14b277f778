/**
 * Prints the tests that failed, then vitest's counts over all its reports as one closing line; exit code 1 when a test
 * failed or a report has none.
 */
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

const reports = process.argv.slice(2).map(readCounts);
const sum = (of) => reports.reduce((total, report) => total + of(report), 0);
for (const fault of reports.flatMap(({ faults }) => faults)) console.log(`failed: ${fault}`);
const [passed, failed, skipped] = [({ passed }) => passed, ({ failed }) => failed, ({ skipped }) => skipped].map(sum);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = reports.every(({ success, passed }) => success && passed > 0) && failed === 0 ? 0 : 1;
