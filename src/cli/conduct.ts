/** Running a study for a command: progress, signals, report, verdict. */
import { storedExperiment } from '../experiments/registry.js';
import { StopLevel, StudyControl } from '../pool/control.js';
import type { ReportContent } from '../report/content.js';
import { formatCount } from '../report/format.js';
import { makerRemark, makerTable } from '../report/makers.js';
import { textTable } from '../report/textTable.js';
import { terminalClaims, terminalFindings, terminalTable } from '../report/tables.js';
import { openStudy } from '../store/open.js';
import { announceForeign, foreignTo } from '../study/foreign.js';
import { runStudy, type StudyOutcome } from '../study/run.js';
import { gridOf } from '../study/values.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { limitOptions } from './options.js';
import { lineWidth, paragraph, print, printJson } from './output.js';
import { studyProgress, type StudyProgress } from './progress.js';
import { thisOrigin, thisProvenance } from './provenance.js';
import type { StudyRequest } from './request.js';
import { keepStudyFile, studyFileProvenance } from './studyCopy.js';
import { continuingCommand, drawStudy, ofExperiments, problemsOf, reproduceDocument, studyContent } from './results.js';

/** Runs or continues a study in its folder, draws it and prints what came out. */
export async function conductStudy({ chosen, studyText, identity, directory, workers, limits = {}, budgetSeconds, strict = false }: StudyRequest, json: boolean): Promise<ExitCodeValue> {
  // A grid that cannot be is refused before anything is written.
  for (const { experiment, values } of chosen) gridOf(experiment, values);
  const [provenance, origin] = [{ ...thisProvenance(), ...studyFileProvenance(studyText) }, thisOrigin()];
  const store = openStudy(directory, identity);
  for (const stored of store.experiments()) storedExperiment(stored);
  const progress = studyProgress();
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    const keepText = (): void => { if (studyText !== undefined) keepStudyFile(store, studyText); };
    const outcome = await runStudy({
      store, experiments: chosen, workers, control, provenance, origin, onProgress: progress.update, ...limits,
      beforeAdding: (makers) => {
        announceForeign(origin, foreignTo(origin, makers), strict, progress.say);
        keepText();
      },
      ...(budgetSeconds === undefined ? {} : { budgetSeconds }),
    });
    keepText();
    progress.end();
    release();
    const whole = studyContent(store);
    const written = await drawStudy(store, whole);
    const content = ofExperiments(whole, chosen.map(({ experiment }) => experiment));
    if (json) printJson(reproduceDocument(store, content, written));
    else print(summaryText(content, written.report));
    sayCensored(outcome, continuingCommand(store));
    const ended = conclude(outcome, content, continuingCommand(store) + limitOptions(limits));
    return ended !== ExitCode.stopped && problemsOf(whole, written).length > 0 ? ExitCode.internal : ended;
  } finally {
    release();
    progress.end();
    store.close();
  }
}

/** Ctrl-C once: begin nothing new and keep what is done. Twice: at once. */
export function stopOnSignals(control: StudyControl, progress: Pick<StudyProgress, 'say'>): () => void {
  const interrupt = (): void => {
    control.interrupt();
    progress.say(control.cancelled ? 'basin: stopping at once' : 'basin: stopping after the running trials; press Ctrl-C again to stop at once');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
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
  if (censored > 0) console.error(`basin: ${formatCount(censored, 'trial')} over --trial-time or --trial-memory: censored, and in no result; with higher limits or none they run again: ${command}`);
}

function conclude(outcome: StudyOutcome, content: ReportContent, command: string): ExitCodeValue {
  if (outcome.failure !== undefined) {
    const { experiment, failed, error } = outcome.failure;
    console.error(`basin: stopped: the first ${failed} trials of ${experiment} all failed: ${error}`);
    return ExitCode.internal;
  }
  if (outcome.ending !== 'complete') {
    console.error(`basin: stopped by ${outcome.ending === 'budget' ? 'the budget' : 'a signal'}; this continues: ${command}`);
    return ExitCode.stopped;
  }
  const fails = content.experiments.some(({ claims }) => claims.some(({ verdict }) => verdict === 'fails'));
  return fails ? ExitCode.differs : ExitCode.done;
}

/** Waits, but not after a signal. */
export async function pause(seconds: number, control: StudyControl): Promise<void> {
  const slice = 0.2;
  for (let left = seconds; left > 0 && control.level === StopLevel.none; left -= slice) await new Promise((wake) => { setTimeout(wake, 1000 * Math.min(left, slice)); });
}
