import { tunedKernels } from '../../app/machine/kernels.js';
import { PHASES, timed, type PhaseSeconds } from '../../app/machine/phases.js';
import { replayWithArrays, withoutEnds } from '../../app/problem/replayed.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { runnersOf } from '../../definitions/stored.js';
import { readStudy } from '../../store/open.js';
import type { StudyReader } from '../../store/reader.js';
import { replayTrial, type Replay } from '../../study/replay/replay.js';
import { formatSeconds } from '../../base/amounts.js';
import { key, named } from '../../report/table.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { print, printJson, table } from '../output.js';
import { writeProblem } from '../problemFiles.js';
import { requireResultFolder } from '../resultFiles.js';
import { warn } from '../say.js';

interface Options {
  readonly arrays?: string;
  readonly json?: boolean;
}

/**
 * `basin replay`: runs one stored trial again, and compares the results bit by bit. With `--arrays`, it writes the
 * trial's arrays as files.
 */
export const act = (setExitCode: SetExitCode) => (directory: string, address: string, options: Options) => {
  const store = readStudy(directory);
  try {
    const { result, phases } = timed(tunedKernels(), (kernels) =>
      store.snapshot(() => replayed(store, address, kernels, options.arrays)),
    );
    const { replay, files } = result;
    if (options.json) printJson({ ...jsonShape(replay), phases, ...(files && { arrays: files }) });
    else print([describe(replay), ...Object.values(files ?? {}), spent(phases)].join('\n'));
    if (!replay.identical) setExitCode(ExitCode.differs);
  } finally {
    store.close();
  }
};

function replayed(
  store: StudyReader,
  address: string,
  kernels: NativeKernels,
  folder: string | undefined,
): { readonly replay: Replay; readonly files?: Readonly<Record<string, string>> } {
  if (folder === undefined) return { replay: replayTrial(store, address, runnersOf(store), kernels) };
  requireResultFolder('--arrays', folder);
  const { replay, drawn } = replayWithArrays(store, address, kernels);
  const missing = withoutEnds(drawn);
  if (missing !== undefined) warn(missing);
  return { replay, files: writeProblem(folder, drawn) };
}

function jsonShape({ address, identical, stored, replayed: again }: Replay): Readonly<Record<string, unknown>> {
  return { address, identical, stored: stored.measures, replayed: again.measures };
}

function describe({ address, identical, stored, replayed: again }: Replay): string {
  const names = [...new Set([...Object.keys(stored.measures), ...Object.keys(again.measures)])];
  const rows = [
    ['status', stored.status, again.status],
    ...names.map((name) => [name, String(stored.measures[name]), String(again.measures[name])]),
  ];
  const marked = rows.map((row) => [...row, row[1] === row[2] ? '' : 'differs']);
  return `${address}: ${identical ? 'identical' : 'differs'}\n${table([key(named('')), named('stored'), named('replayed'), named('')], marked)}`;
}

/** Lines have 80 columns. */
const MOST_PARTS = 4;

/** Where most of the time went. */
function spent(phases: PhaseSeconds): string {
  const parts = PHASES.filter((phase) => phases[phase] > 0).sort((a, b) => phases[b] - phases[a]);
  const whole = parts.reduce((sum, phase) => sum + phases[phase], 0);
  const shares = parts.slice(0, MOST_PARTS).map((phase) => `${phase} ${((100 * phases[phase]) / whole).toFixed(0)} %`);
  return `time: ${formatSeconds(whole)}: ${shares.join(', ')}`;
}
