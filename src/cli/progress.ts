import { formatSeconds } from '../base/amounts.js';
import type { ExperimentProgress } from '../study/run/outcome.js';
import { say, sayInPlace, sayLines, warn } from './say.js';

/** Without a terminal a plain line now and then is enough for a log file. */
const PLAIN_SECONDS = 30;
const TERMINAL_SECONDS = 0.2;

/** Writes one line of progress at a time to stderr: in place on a terminal, else plainly and rarely. */
class ProgressLine {
  #shownAt = -Infinity;
  #shown = '';
  readonly #terminal = process.stderr.isTTY;

  show(text: string, final = false): void {
    const now = performance.now() / 1000;
    if (text === this.#shown || (!final && now < this.#shownAt + (this.#terminal ? TERMINAL_SECONDS : PLAIN_SECONDS)))
      return;
    this.#shownAt = now;
    this.#shown = text;
    if (this.#terminal) sayInPlace(text, final);
    else say(text);
  }

  /** Leaves the line that stands and goes to a new one. */
  end(): void {
    if (this.#terminal && this.#shown !== '') sayLines('');
    this.#shown = '';
  }
}

/** What is said while a line of progress stands. */
interface Spoken {
  /** a message between progress lines */
  readonly say: (text: string) => void;
  /** the same, and who speaks */
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

/** One line per experiment, with rate and ETA from the cost model; a finished experiment's line stays. */
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
  const line = new ProgressLine();
  const begin = performance.now();
  return {
    update: (iteration) => {
      const seconds = (performance.now() - begin) / 1000;
      // Short descents stay silent.
      if (seconds < 1) return;
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

/** Progress of something that is counted. */
export function countProgress(name: string, what: string): CountProgress {
  const line = new ProgressLine();
  return {
    update: (done, all, more = '') =>
      line.show(`${name}: ${done}/${all} ${what}${more === '' ? '' : `, ${more}`}`, done === all),
    ...spoken(line),
  };
}
