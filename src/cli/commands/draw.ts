import type { GridCell } from '../../study/grid/cells.js';
import { chooseCell, requireTrial, type ChosenProblem } from '../../app/problem/choose.js';
import { drawProblem, requireDraw, type DrawnProblem } from '../../app/problem/draw.js';
import { problemDocument } from '../../app/problem/files.js';
import { fitCommand } from '../../app/problem/fitCommand.js';
import { formatShape } from '../../io/npyheader.js';
import { chosenProblem, type ProblemTexts } from '../chosenProblem.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseTrial } from '../values.js';
import { pairs, print, printJson } from '../output.js';
import { writeProblem } from '../problemFiles.js';
import { requireResultFolder } from '../resultFiles.js';

interface Options extends ProblemTexts {
  readonly cell?: string;
  readonly trial: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `basin draw`: writes the planted problem of one trial as files. No descent runs. */
export const act = (setExitCode: SetExitCode) => async (what: string, options: Options) => {
  const chosen = await chosenProblem(what, options);
  if (chosen === undefined) {
    setExitCode(ExitCode.usage);
    return;
  }
  const { cell, trial } = addressOf(chosen, options);
  requireResultFolder('--out', options.out);
  const drawn = drawProblem(tunedKernels(), chosen, cell, trial);
  const files = writeProblem(options.out, drawn);
  if (options.json) printJson({ ...problemDocument(drawn), files });
  else print(describe(drawn, files, options));
};

function addressOf(
  chosen: ChosenProblem,
  { cell: text, trial: number }: Options,
): { readonly cell: GridCell; readonly trial: number } {
  requireDraw(chosen.experiment);
  const trial = parseTrial(number);
  const cell = chooseCell(chosen, text);
  requireTrial(chosen.experiment, cell, trial);
  return { cell, trial };
}

function describe(drawn: DrawnProblem, files: Readonly<Record<string, string>>, { cell, out }: Options): string {
  const { of, words, arrays } = drawn;
  const first = cell === undefined ? ', the first cell of the grid' : '';
  const rows = arrays.map(({ name, shape }) => [files[name], formatShape(shape)]);
  const command = fitCommand(drawn, out);
  return [
    `${of.address} (seed ${of.seed}${first})`,
    `${words.architecture}, ${words.activation}, output ${words.output}, ${words.labels} labels, loss ${words.loss}`,
    ...(words.risk === 'population'
      ? ['population risk: no training set is drawn, so there is no X.npy and no y.npy']
      : []),
    pairs([...rows, [files['problem'], 'address, settings, shapes']]),
    ...(command === null ? [] : ['to descend on it:', `  ${command}`]),
  ].join('\n');
}
