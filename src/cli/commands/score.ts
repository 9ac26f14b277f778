import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { prepareScore, runScore, SCORE_DEGREES, singularText, type Scores } from '../../app/arrays/score.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { InputError, refuse } from '../../base/errors.js';
import { targetOf } from '../../base/target.js';
import { BANDWIDTHS, isBandwidth } from '../../core/score/bounds.js';
import { SCORE_ORDERS } from '../../core/score/derivatives.js';
import { readMatrix } from '../../io/matrix.js';
import { csvOptions } from '../csvOptions.js';
import { parseNumber } from '../options.js';
import { pairs, printBeside, printJson, requireOneOutput } from '../output.js';
import { requireResultFile, writeResult } from '../resultFiles.js';
import { warn } from '../say.js';

interface Options {
  readonly samples: string;
  readonly at?: string;
  readonly leaveOneOut?: boolean;
  readonly bandwidth: string;
  readonly order: string;
  readonly degree: string;
  readonly header: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `basin score`: estimates score functions of the distribution of a user's own samples. */
export const act = () => (options: Options) => {
  const {
    scores: { shape },
    singular,
  } = score(options);
  if (options.json) printJson({ scores: options.out, singular });
  else
    printBeside(
      options.out,
      pairs([
        ['scores', options.out],
        ['shape', `(${shape.join(', ')})`],
        ['singular points', String(singular.length)],
      ]),
    );
};

function score(options: Options): Scores {
  const { at, leaveOneOut = false, header, samples } = options;
  const chosen = {
    order: parseOne('--order', options.order, SCORE_ORDERS),
    degree: parseOne('--degree', options.degree, SCORE_DEGREES),
    bandwidth: parseNumber('--bandwidth', options.bandwidth, BANDWIDTHS, isBandwidth),
  };
  requireArrayFile(options.out);
  requireOneOutput('--out', options.out, options.json);
  if (at !== undefined && leaveOneOut)
    throw new InputError('--at and --leave-one-out exclude each other: give one of them, got both');
  const read = (file: string) => readMatrix(file, csvOptions(header));
  const given = { samples: read(samples), at: at === undefined ? undefined : read(at), leaveOneOut };
  const prepared = prepareScore(tunedKernels(), given, chosen, { samples, at: at ?? 'at' });
  // This is checked before computation that may take hours.
  requireResultFile(options.out);
  const found = runScore(prepared);
  writeResult(options.out, found.scores.values, found.scores.shape);
  if (found.singular.length > 0) warn(`${singularText(prepared, found.singular)}; the scores there are NaN`);
  return found;
}

/** Only a file has a name whose ending gives the format. Standard output, pipes and devices do not. */
function requireArrayFile(path: string): void {
  if (extname(path).toLowerCase() === '.npy' || (existsSync(dirname(path)) && targetOf(path).kind !== 'file')) return;
  refuse('--out', 'a .npy file, or - for standard output', path);
}

function parseOne<T extends number>(option: string, text: string, allowed: readonly T[]): T {
  return allowed.find((value) => String(value) === text) ?? refuse(option, `one of ${allowed.join(', ')}`, text);
}
