/** The progress of a study, as the terminal shows it. */
import type { ExperimentStatus, StudyState, StudyStatus } from '../app/status.js';
import { formatCount, formatSeconds } from '../base/amounts.js';
import { key, named, numeric, prose } from '../report/table.js';
import { paragraph, table } from './output.js';

/** Messages of failed trials that are shown of an experiment; `--json` has all. */
const MOST_MESSAGES = 3;

export function describeStudy(status: StudyStatus): string {
  const { study, seed, scale, experiments, run, state } = status;
  return [
    paragraph(`${study}: seed ${seed}, scale ${scale}; ${stateInWords(status)}`),
    ...(run === null || run.command === '' ? [] : [paragraph(`last run: ${run.command}`, '  ')]),
    '',
    table(
      [
        key(named('experiment')),
        ...['done', 'planned', 'core time', 'left'].map((title) => numeric(title)),
        prose('claims so far'),
      ],
      experiments.map((one) => rowOf(one, state)),
    ),
    ...experiments.flatMap(failuresOf),
    ...(state === 'complete' ? [] : ['', paragraph(`to continue: ${status.continue}`)]),
  ].join('\n');
}

function stateInWords({ state, run, written }: StudyStatus): string {
  if (run === null) return 'no run has begun';
  if (state === 'complete') return 'complete';
  if (state === 'running')
    return `running on ${formatCount(run.workers, 'worker')}, or killed; last written ${written}`;
  return `${run.ending}; last written ${written}`;
}

function rowOf(
  { id, planned, done, grows, coreSeconds, secondsLeft, claims }: ExperimentStatus,
  state: StudyState,
): string[] {
  const left = secondsLeft === null || done >= planned ? '' : formatSeconds(secondsLeft.value);
  const verdicts = Object.entries(claims).filter(([, count]) => count > 0);
  return [
    id,
    String(done),
    `${planned}${grows && state !== 'complete' ? ' or more' : ''}`,
    formatSeconds(coreSeconds),
    left,
    done === 0 ? '' : verdicts.map(([verdict, count]) => `${count} ${verdict}`).join(', '),
  ];
}

/** What went wrong in trials, with the first trial of each message. */
function failuresOf({ id, failed, diverged, censored, failures }: ExperimentStatus): string[] {
  const counts = Object.entries({ failed, diverged, censored }).filter(([, count]) => count > 0);
  if (counts.length === 0) return [];
  const more = failures.length - MOST_MESSAGES;
  return [
    '',
    `${id}: ${counts.map(([name, count]) => `${formatCount(count, 'trial')} ${name}`).join(', ')}`,
    ...failures
      .slice(0, MOST_MESSAGES)
      .map(({ error, count, cell, trial }) =>
        paragraph(`${count} × ${error ?? 'without a message'} (first ${id}/${cell}#${trial})`, '  '),
      ),
    ...(more > 0 ? [`  and ${formatCount(more, 'other message')}: --json has all`] : []),
  ];
}
