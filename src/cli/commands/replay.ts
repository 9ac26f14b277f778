import { findRunner } from '../../experiments/registry.js';
import { readStudy } from '../../store/open.js';
import { replayTrial, type Replay } from '../../study/replay.js';
import { key, named } from '../../report/table.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { print, printJson, table } from '../output.js';

/** `basin replay`: one stored trial once more, compared bit by bit. */
export const act = (setExitCode: SetExitCode) => (directory: string, address: string, options: { json?: boolean }) => {
  const store = readStudy(directory);
  try {
    const replay = store.snapshot(() => replayTrial(store, address, findRunner, tunedKernels()));
    if (options.json) printJson(jsonShape(replay));
    else print(describe(replay));
    if (!replay.identical) setExitCode(ExitCode.differs);
  } finally {
    store.close();
  }
};

function jsonShape({ address, identical, stored, replayed }: Replay): unknown {
  return { address, identical, stored: stored.measures, replayed: replayed.measures };
}

function describe({ address, identical, stored, replayed }: Replay): string {
  const names = [...new Set([...Object.keys(stored.measures), ...Object.keys(replayed.measures)])];
  const rows = [
    ['status', stored.status, replayed.status],
    ...names.map((name) => [name, String(stored.measures[name]), String(replayed.measures[name])]),
  ];
  const marked = rows.map((row) => [...row, row[1] === row[2] ? '' : 'differs']);
  return `${address}: ${identical ? 'identical' : 'differs'}\n${table([key(named('')), named('stored'), named('replayed'), named('')], marked)}`;
}
