/** What `basin fit --classes` writes and says. */
import { join } from 'node:path';
import type { FoundMinima } from '../app/arrays/minima.js';
import { wordsOf } from '../base/vocabulary.js';
import { OPEN_ENDS } from '../core/minima/certified.js';
import { formatEstimate } from '../report/format.js';
import { numeric } from '../report/table.js';
import { table } from './output.js';
import { sayLeft, writeResult } from './resultFiles.js';

/** Paths; null where there is no class. */
export interface MinimaFiles {
  readonly minima: string | null;
  readonly classOfStart: string;
}

export function writeMinima(folder: string, { weights, classOfStart }: FoundMinima): MinimaFiles {
  const files = { minima: join(folder, 'minima.npy'), classOfStart: join(folder, 'class-of-start.npy') };
  writeResult(files.classOfStart, classOfStart, [classOfStart.length]);
  if (weights.shape[0] === 0) {
    sayLeft(files.minima);
    return { ...files, minima: null };
  }
  writeResult(files.minima, weights.values, weights.shape);
  return files;
}

/** The part of the JSON document. */
export function minimaSummary(
  { classes, unclassified, unseen }: FoundMinima,
  files: MinimaFiles,
): Pick<FoundMinima, 'classes' | 'unclassified' | 'unseen'> & MinimaFiles {
  return { classes, unclassified, unseen, ...files };
}

export function describeMinima({ classes, unclassified, unseen }: FoundMinima, files: MinimaFiles): string {
  const rows = classes.map(({ count, share, low, high, loss, lambdaMin, gradientNorm }, c) => [
    String(c),
    String(count),
    formatEstimate({ value: share, low, high }),
    loss.toPrecision(10),
    lambdaMin.toPrecision(5),
    gradientNorm.toExponential(1),
  ]);
  const columns = ['class', 'starts', 'share', 'loss', 'λ_min', 'gradient norm'].map((title) => numeric(title));
  const reasons = wordsOf(OPEN_ENDS).flatMap((name) =>
    unclassified[name] === 0 ? [] : [`${unclassified[name]} ${name} (${OPEN_ENDS[name]})`],
  );
  const { mass, low, high } = unseen;
  return [
    ...(classes.length === 0 ? ['no start ends at an isolated minimum'] : [table(columns, rows)]),
    ...(reasons.length === 0 ? [] : [`in no class: ${reasons.join(', ')}`]),
    `another start ends at a minimum of no class with probability ${formatEstimate({ value: mass, low, high })}`,
    ...(files.minima === null ? [] : [`minima: ${files.minima}`]),
    `class of each start: ${files.classOfStart}`,
  ].join('\n');
}
