import { Command } from 'commander';
import { InputError } from '../core/errors.js';
import { suggest } from '../study/suggest.js';
import { checkCommand } from './commands/check.js';
import { compareCommand } from './commands/compare.js';
import { doctorCommand } from './commands/doctor.js';
import { exportCommand } from './commands/export.js';
import { factorizeCommand } from './commands/factorize.js';
import { fitCommand } from './commands/fit.js';
import { hessianCommand } from './commands/hessian.js';
import { initCommand } from './commands/init.js';
import { listCommand } from './commands/list.js';
import { mergeCommand } from './commands/merge.js';
import { missingCommand } from './commands/missing.js';
import { nightlyCommand } from './commands/nightly.js';
import { planCommand } from './commands/plan.js';
import { quantitiesCommand } from './commands/quantities.js';
import { replayCommand } from './commands/replay.js';
import { reportCommand } from './commands/report.js';
import { reproduceCommand } from './commands/reproduce.js';
import { runCommand } from './commands/run.js';
import { schemaCommand } from './commands/schema.js';
import { scoreCommand } from './commands/score.js';
import { statusCommand } from './commands/status.js';
import { submitCommand } from './commands/submit.js';
import { tuneCommand } from './commands/tune.js';
import { verifyCommand } from './commands/verify.js';
import { workerCommand } from './commands/worker.js';
import { ExitCode, type SetExitCode } from './exit.js';
import { printRaw } from './output.js';
import { packageVersion } from './package.js';

const COMMANDS = [
  listCommand, reproduceCommand, reportCommand, exportCommand, replayCommand, verifyCommand, compareCommand, quantitiesCommand, fitCommand, initCommand, hessianCommand, scoreCommand, factorizeCommand,
  doctorCommand, tuneCommand, checkCommand, schemaCommand, runCommand, planCommand, mergeCommand, missingCommand, submitCommand, workerCommand, statusCommand, nightlyCommand,
];

/** The command line of DESIGN section 6. Every parse error throws; nothing here ends the process. */
export function buildProgram(setExitCode: SetExitCode): Command {
  const program = new Command('basin')
    .description('A Monte Carlo laboratory for one-hidden-layer neural networks.')
    .version(packageVersion())
    .argument('[command]', 'one of the commands below')
    .allowExcessArguments(true)
    .addHelpText('after', '\nExample:\n  basin reproduce fu2018-fig3 --scale quick\n')
    .action((name?: string) => {
      if (name !== undefined) throw unknownCommand(name, program);
      program.outputHelp({ error: true });
      setExitCode(ExitCode.usage);
    });
  for (const make of COMMANDS) program.addCommand(quietly(make(setExitCode)));
  return quietly(program);
}

function unknownCommand(name: string, program: Command): InputError {
  const names = program.commands.map((command) => command.name());
  return new InputError(`command must be one of ${names.join(', ')}; got '${name}'${suggest(name, names)}`);
}

/** Commander's own error text is left to main, which prints one line. */
function quietly(command: Command): Command {
  return command.exitOverride().configureOutput({ outputError: () => undefined, writeOut: printRaw });
}
