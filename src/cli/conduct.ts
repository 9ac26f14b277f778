/** Running a study for a command: progress, signals, report, verdict. */
import { storedExperiment } from '../experiments/registry.js';
import { StudyControl } from '../pool/control.js';
import type { ReportContent } from '../report/content.js';
import { formatCount } from '../report/format.js';
import { makerRemark, makerTable } from '../report/makers.js';
import { textTable } from '../report/textTable.js';
import { terminalClaims, terminalFindings, terminalTable } from '../report/tables.js';
import { openStudy } from '../store/open.js';
import type { StudyReader } from '../store/reader.js';
import { announceForeign, foreignTo } from '../study/foreign.js';
import { runStudy, type StudyOutcome } from '../study/run.js';
import { gridOf } from '../study/values.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { lineWidth, paragraph, print, printJson } from './output.js';
import { studyProgress } from './progress.js';
import { thisOrigin, thisProvenance } from '../app/provenance.js';
import type { StudyRequest } from '../app/request.js';
import { warn } from './say.js';
import { endOnSignals, stopOnSignals } from './signals.js';
import { keepStudyFile, studyFileProvenance } from '../app/studyCopy.js';
import { givenCommand, keptCommandLine } from './given.js';
import { continuingCommand, drawStudy, ofExperiments, problemsOf, reportCommandOf, reproduceDocument, studyContent } from '../app/results.js';

/** Runs or continues a study in its folder, draws it and prints what came out. */
export async function conductStudy({ chosen, studyText, identity, directory, workers, limits = {}, budgetSeconds, strict = false }: StudyRequest, json: boolean): Promise<ExitCodeValue> {
  // A grid that cannot be is refused before anything is written.
  for (const { experiment, values } of chosen) gridOf(experiment, values);
  const [provenance, origin] = [{ ...thisProvenance(keptCommandLine()), ...studyFileProvenance(studyText) }, thisOrigin()];
  const store = openStudy(directory, identity);
  const progress = studyProgress();
  const control = new StudyControl();
  let release = stopOnSignals(control, progress);
  try {
    for (const stored of store.experiments()) storedExperiment(stored);
    const keepText = (): void => { if (studyText !== undefined) keepStudyFile(store, studyText); };
    const outcome = await runStudy({
      store, experiments: chosen, workers, control, provenance, origin, onProgress: progress.update, ...limits,
      beforeAdding: (makers) => {
        announceForeign(origin, foreignTo(origin, makers), strict, progress.warn);
        keepText();
      },
      ...(budgetSeconds === undefined ? {} : { budgetSeconds }),
    });
    keepText();
    progress.end();
    release();
    release = endOnSignals(() => whatContinues(store, outcome));
    const whole = studyContent(store);
    const written = await drawStudy(store, whole, warn);
    store.requireInPlace();
    release();
    const content = ofExperiments(whole, chosen.map(({ experiment }) => experiment));
    if (json) printJson(reproduceDocument(store, content, written));
    else print(summaryText(content, written.report));
    sayCensored(outcome, continuingCommand(store));
    const ended = conclude(outcome, content, whatContinues(store, outcome));
    return ended !== ExitCode.stopped && problemsOf(whole, written).length > 0 ? ExitCode.internal : ended;
  } finally {
    release();
    progress.end();
    store.close();
  }
}

function summaryText(content: ReportContent, report: string): string {
  const width = lineWidth();
  const parts = content.experiments.flatMap((part) => [
    paragraph(`${part.experiment.id}: ${part.experiment.title}`),
    terminalTable(part, width), '',
    ...(part.findings.length === 0 ? [] : [terminalFindings(part.findings, width), '']),
    ...(part.claims.length === 0 ? [] : [terminalClaims(part.claims, width), '']),
  ]);
  const remark = makerRemark(content.makers);
  const makers = remark === undefined ? [] : [paragraph(remark), textTable(makerTable(content.makers), width), ''];
  return [...parts, ...makers, `report: ${report}`].join('\n');
}

function sayCensored({ experiments }: StudyOutcome, command: string): void {
  const censored = experiments.reduce((sum, progress) => sum + progress.censored, 0);
  if (censored > 0) warn(`${formatCount(censored, 'trial')} over --trial-time or --trial-memory: censored, and in no result; with higher limits or none they run again: ${command}`);
}

/** What to do after a signal. */
function whatContinues(store: StudyReader, { ending }: StudyOutcome): string {
  if (ending === 'complete') return `stopped by a signal while the report was drawn; every trial is stored, and this draws it: ${reportCommandOf(store)}`;
  return `stopped by ${ending === 'budget' ? 'the budget' : 'a signal'}; this continues: ${givenCommand()}`;
}

function conclude(outcome: StudyOutcome, content: ReportContent, continues: string): ExitCodeValue {
  if (outcome.failure !== undefined) {
    const { experiment, failed, error } = outcome.failure;
    warn(`stopped: the first ${failed} trials of ${experiment} all failed: ${error}`);
    return ExitCode.internal;
  }
  if (outcome.ending !== 'complete') {
    warn(continues);
    return ExitCode.stopped;
  }
  const fails = content.experiments.some(({ claims }) => claims.some(({ verdict }) => verdict === 'fails'));
  return fails ? ExitCode.differs : ExitCode.done;
}
