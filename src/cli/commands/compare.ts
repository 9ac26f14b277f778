import { storedExperiment } from '../../definitions/stored.js';
import { readStudy } from '../../store/open.js';
import type { StudyReader } from '../../store/reader.js';
import { compareStudies, type Comparison } from '../../study/comparison/compare.js';
import { comparisonDocument, comparisonText } from '../comparison.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { parseLevel } from '../values.js';
import { print, printJson } from '../output.js';
import { countProgress, QUIET_SECONDS } from '../progress.js';

/** `basin compare`: reports whether the results of two studies agree. */
export const act =
  (setExitCode: SetExitCode) => (first: string, second: string, options: { level: string; json?: boolean }) => {
    const level = parseLevel(options.level);
    withStudies(first, second, (a, b) => {
      const comparison = compare(a, b, level);
      if (options.json) printJson(comparisonDocument(a, b, level, comparison));
      else print(comparisonText(a, b, level, comparison));
      if (comparison.differs) setExitCode(ExitCode.differs);
      // A script needs to know whether anything was compared.
      else if (!comparison.compared) setExitCode(ExitCode.usage);
    });
  };

function withStudies(first: string, second: string, use: (a: StudyReader, b: StudyReader) => void): void {
  const a = readStudy(first);
  try {
    const b = readStudy(second);
    try {
      use(a, b);
    } finally {
      b.close();
    }
  } finally {
    a.close();
  }
}

// Compares snapshots of the present state: both studies may be running.
function compare(a: StudyReader, b: StudyReader, level: number): Comparison {
  const progress = countProgress('compare', 'cells', QUIET_SECONDS);
  try {
    return a.snapshot(() => b.snapshot(() => compareStudies(a, b, storedExperiment, level, progress.update)));
  } finally {
    progress.end();
  }
}
