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
 * visible.
 */
export function studyProgress(): StudyProgress {
  const line = new ProgressLine();
  const finished = new Set<string>();
  return {
    update: (all) => {
      for (const progress of all) {
        if (progress.performed === 0 || finished.has(progress.id)) continue;
        const done = progress.done + progress.censored === progress.planned;
        if (done) finished.add(progress.id);
        line.show(describe(progress), done);
      }
    },
    ...spoken(line),
  };
}

function describe({ id, done, planned, failed, censored, trialsPerSecond, secondsLeft }: ExperimentProgress): string {
  const percent = Math.floor((100 * done) / planned);
  const rate = Number.isFinite(trialsPerSecond) ? `, ${trialsPerSecond.toPrecision(3)} trials/s` : '';
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const over = censored > 0 ? `, ${censored} censored` : '';
  const eta =
    done + censored === planned
      ? ''
      : secondsLeft < 1
        ? ', less than a second left'
        : `, about ${formatSeconds(secondsLeft)} left`;
  return `${id}: ${done}/${planned} trials (${percent} %)${rate}${failures}${over}${eta}`;
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
