import { formatSeconds } from '../base/amounts.js';
import type { ExperimentProgress } from '../study/run/outcome.js';
import { say, sayInPlace, sayLines, warn } from './say.js';

/** If stderr is not a terminal, rare plain lines are enough for a log file. */
const PLAIN_SECONDS = 30;
const TERMINAL_SECONDS = 0.2;
/** Work that is done earlier shows no progress. */
export const QUIET_SECONDS = 2;

/**
 * Writes one line of progress at a time to stderr. On a terminal it updates the line in place, else it writes rare
 * plain lines.
 */
class ProgressLine {
  #shownAt = -Infinity;
  #shown = '';
  readonly #terminal = process.stderr.isTTY;
  readonly #begin: number;

  /** Nothing is shown in the first `quietSeconds`. */
  constructor(quietSeconds = 0) {
    this.#begin = performance.now() / 1000 + quietSeconds;
  }

  show(text: string, final = false): void {
    const now = performance.now() / 1000;
    if (now < this.#begin) return;
    if (text === this.#shown || (!final && now < this.#shownAt + (this.#terminal ? TERMINAL_SECONDS : PLAIN_SECONDS)))
      return;
    this.#shownAt = now;
    this.#shown = text;
    if (this.#terminal) sayInPlace(text, final);
    else say(text);
  }

  /** Keeps the current line and moves to a new one. */
  end(): void {
    if (this.#terminal && this.#shown !== '') sayLines('');
    this.#shown = '';
  }
}

/** Output while a line of progress is shown. */
interface Spoken {
  /** prints a message between progress lines */
  readonly say: (text: string) => void;
  /** prints the same with the name of the speaker */
  readonly warn: (text: string) => void;
  readonly end: () => void;
}

export interface StudyProgress extends Spoken {
  readonly update: (progress: readonly ExperimentProgress[]) => void;
}

function spoken(line: ProgressLine): Spoken {
  const after =
    (speak: (text: string) => void) =>
    (text: string): void => {
      line.end();
      speak(text);
    };
  return { say: after(say), warn: after(warn), end: () => line.end() };
}

/**
 * One line per experiment, with rate and remaining time from the cost model. The line of a finished experiment stays
 * visible. A run without a result says after two seconds that it works.
 */
export function studyProgress(): StudyProgress {
  const line = new ProgressLine();
  const finished = new Set<string>();
  const begin = performance.now() / 1000;
  return {
    update: (all) => {
      const begun = all.filter(({ performed }) => performed > 0);
      for (const progress of begun) {
        if (finished.has(progress.id)) continue;
        if (progress.complete) finished.add(progress.id);
        line.show(describe(progress), progress.complete);
      }
      const [first] = all.filter(({ complete }) => !complete);
      if (begun.length === 0 && first !== undefined && performance.now() / 1000 > begin + QUIET_SECONDS)
        line.show(`${first.id}: ${first.done}/${first.planned} trials, the first of this run are being performed`);
    },
    ...spoken(line),
  };
}

function describe(progress: ExperimentProgress): string {
  const { id, done, failed, censored, trialsPerSecond } = progress;
  const rate = Number.isFinite(trialsPerSecond) ? `, ${trialsPerSecond.toPrecision(3)} trials/s` : '';
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const over = censored > 0 ? `, ${censored} censored` : '';
  return `${id}: ${shareOf(progress, done)}${rate}${failures}${over}${timeLeft(progress)}`;
}

/** What is done of the planned trials; of those that are likely where results decide how many there will be. */
function shareOf({ planned, likely, complete }: ExperimentProgress, done: number): string {
  if (complete || likely === planned) return `${done}/${planned} trials (${percentOf(done, planned)})`;
  if (likely === undefined) return `${done} trials, more as results say`;
  return `${done} of likely ${roughly(likely)} trials (${percentOf(done, likely)})`;
}

function percentOf(done: number, all: number): string {
  return `${Math.floor((100 * done) / all)} %`;
}

/** Two significant digits: more would promise too much. */
function roughly(count: number): string {
  return String(Number(count.toPrecision(2)));
}

function timeLeft({ complete, secondsLeft }: ExperimentProgress): string {
  if (complete || Number.isNaN(secondsLeft)) return '';
  return secondsLeft < 1 ? ', less than a second left' : `, about ${formatSeconds(secondsLeft)} left`;
}

export interface IterationProgress {
  readonly update: (iteration: number) => void;
  readonly end: () => void;
}

/** Progress of one long descent. */
export function iterationProgress(name: string, iterations: number): IterationProgress {
  const line = new ProgressLine(1);
  const begin = performance.now();
  return {
    update: (iteration) => {
      const seconds = (performance.now() - begin) / 1000;
      line.show(
        `${name}: ${iteration}/${iterations} iterations, about ${formatSeconds((seconds / iteration) * (iterations - iteration))} left`,
      );
    },
    end: () => line.end(),
  };
}

export interface CountProgress extends Spoken {
  readonly update: (done: number, all: number, more?: string) => void;
}

/** Progress of work that is counted. Nothing is shown in the first `quietSeconds`. */
export function countProgress(name: string, what: string, quietSeconds = 0): CountProgress {
  const line = new ProgressLine(quietSeconds);
  return {
    update: (done, all, more = '') =>
      line.show(`${name}: ${done}/${all} ${what}${more === '' ? '' : `, ${more}`}`, done === all),
    ...spoken(line),
  };
}
