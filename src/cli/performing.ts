/** Runs a study for a command: progress, signals, results and exit code. */
import { conductStudy, type ConductedStudy, type StudyCommands } from '../app/conduct.js';
import type { StudyRequest } from '../app/request.js';
import { StudyControl } from '../pool/control.js';
import type { ReportContent } from '../report/content.js';
import { formatCount } from '../base/amounts.js';
import { makerRemark, makerTable } from '../report/makers.js';
import { terminalClaims, terminalFindings, terminalTable } from '../report/tables.js';
import { textTable } from '../report/textTable.js';
import type { StudyOutcome } from '../study/run/outcome.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { givenCommand, keptCommandLine } from './given.js';
import { LivePage } from './livePage.js';
import { lineWidth, paragraph, print, printJson } from './output.js';
import { studyProgress } from './progress.js';
import { warn } from './say.js';
import { endOnSignals, stopOnSignals } from './signals.js';

export interface Shown {
  /** whether the results are printed as JSON */
  readonly json: boolean;
  /** whether a live page shows the run */
  readonly live: boolean;
}

/** Runs a study or continues it in its folder, draws it and prints the results. */
export async function performStudy(request: StudyRequest, { json, live }: Shown): Promise<ExitCodeValue> {
  const progress = studyProgress();
  const page = live ? new LivePage(progress.say) : undefined;
  const control = new StudyControl();
  let release = stopOnSignals(control, progress);
  try {
    const conducted = await conductStudy(request, {
      control,
      commandLine: keptCommandLine(),
      onProgress: (all) => {
        page?.open(request.directory);
        page?.tell(control);
        progress.update(all);
      },
      warn: progress.warn,
      onDrawing: (ending, commands) => {
        progress.end();
        release();
        release = endOnSignals(() => whatContinues(ending, commands));
      },
    });
    release();
    if (json) printJson(conducted.document);
    else print(summaryText(conducted.content, conducted.written.report));
    sayCensored(conducted.outcome, conducted.commands.continue);
    return conclude(conducted);
  } finally {
    await page?.end();
    release();
    progress.end();
  }
}

function summaryText(content: ReportContent, report: string): string {
  const width = lineWidth();
  const parts = content.experiments.flatMap((part) => [
    paragraph(`${part.experiment.id}: ${part.experiment.title}`),
    terminalTable(part, width),
    '',
    ...(part.findings.length === 0 ? [] : [terminalFindings(part.findings, width), '']),
    ...(part.claims.length === 0 ? [] : [terminalClaims(part.claims, width), '']),
  ]);
  const remark = makerRemark(content.makers);
  const makers = remark === undefined ? [] : [paragraph(remark), textTable(makerTable(content.makers), width), ''];
  return [...parts, ...makers, `report: ${report}`].join('\n');
}

function sayCensored({ experiments }: StudyOutcome, command: string): void {
  const censored = experiments.reduce((sum, progress) => sum + progress.censored, 0);
  if (censored === 0) return;
  warn(
    `${formatCount(censored, 'trial')} over --trial-time or --trial-memory are censored and in no result; with higher limits or none they run again: ${command}`,
  );
}

/** Says how the user continues after a signal. */
function whatContinues(ending: StudyOutcome['ending'], { draw }: StudyCommands): string {
  if (ending === 'complete')
    return `stopped by a signal while the report was drawn; every trial is stored, and this draws it: ${draw}`;
  return `stopped by ${ending === 'budget' ? 'the budget' : 'a signal'}; this continues: ${givenCommand()}`;
}

function conclude({ outcome, content, problems, commands }: ConductedStudy): ExitCodeValue {
  if (outcome.failure !== undefined) {
    const { experiment, failed, error } = outcome.failure;
    warn(`stopped: the first ${failed} trials of ${experiment} all failed: ${error}`);
    return ExitCode.internal;
  }
  if (outcome.ending !== 'complete') {
    warn(whatContinues(outcome.ending, commands));
    return ExitCode.stopped;
  }
  if (problems.length > 0) return ExitCode.internal;
  const fails = content.experiments.some(({ claims }) => claims.some(({ verdict }) => verdict === 'fails'));
  return fails ? ExitCode.differs : ExitCode.done;
}
