import { Command } from 'commander';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { findExperiment } from '../../experiments/registry.js';
import { readStudy } from '../../store/open.js';
import { replayTrial, type Replay } from '../../study/replay.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { columns, print, printJson } from '../output.js';

/** `basin replay`: one stored trial once more, compared bit by bit. */
export function replayCommand(setExitCode: SetExitCode): Command {
  return new Command('replay')
    .description('run one stored trial again and compare bit by bit')
    .argument('<dir>', 'study folder')
    .argument('<address>', 'ID/CELL#TRIAL')
    .option('--json', 'print one JSON document')
    .addHelpText('after', "\nExample:\n  basin replay studies/fu2018-fig3-quick-seed1 'fu2018-fig3/K=3,d=20,n=4000#7'\n")
    .action((directory: string, address: string, options: { json?: boolean }) => {
      const store = readStudy(directory);
      try {
        const replay = replayTrial(store, address, findExperiment, loadNativeKernels());
        if (options.json) printJson(replay);
        else print(describe(replay));
        if (!replay.identical) setExitCode(ExitCode.differs);
      } finally {
        store.close();
      }
    });
}

function describe({ address, identical, stored, replayed }: Replay): string {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(replayed)])];
  const rows = names.map((name) => [name, String(stored[name]), String(replayed[name]), Object.is(stored[name], replayed[name]) ? '' : 'differs']);
  return `${address}: ${identical ? 'identical' : 'differs'}\n${columns([['measure', 'stored', 'replayed', ''], ...rows])}`;
}
