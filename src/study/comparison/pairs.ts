/** The trials of a cell that two studies share, side by side. */
import type { TrialCurves } from '../../store/curves.js';
import type { StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import type { SharedCell } from './cells.js';

/**
 * The trials of both studies in order; an entry is undefined when that study does not have the trial. Trials that were
 * cut off are left out. When one study is damaged, the query of the other is closed too, because an open query would
 * keep its study busy.
 */
export function* trialPairs(
  a: StudyReader,
  b: StudyReader,
  cell: SharedCell,
): Generator<readonly [StoredTrial | undefined, StoredTrial | undefined], void, undefined> {
  const [trialsA, trialsB] = [a.trials(cell.a), b.trials(cell.b)];
  try {
    const [ofA, ofB] = [new Queue(trialsA, isCutOff), new Queue(trialsB, isCutOff)];
    const nextTrial = (): number => Math.min(ofA.nextTrial, ofB.nextTrial);
    for (let trial = nextTrial(); trial < Infinity; trial = nextTrial()) yield [ofA.take(trial), ofB.take(trial)];
  } finally {
    trialsA.return();
    trialsB.return();
  }
}

/** The curves of a trial in both studies. Asked for in the order of trials. */
export class CurvePairs {
  readonly #rows: readonly Generator<TrialCurves, void, undefined>[];
  readonly #queues: readonly Queue<TrialCurves>[];

  constructor(a: StudyReader, b: StudyReader, cell: SharedCell) {
    this.#rows = [a.curvesByTrial(cell.a), b.curvesByTrial(cell.b)];
    this.#queues = this.#rows.map((rows) => new Queue(rows));
  }

  of(trial: number): readonly TrialCurves['curves'][] {
    return this.#queues.map((queue) => queue.take(trial)?.curves ?? NO_CURVES);
  }

  close(): void {
    for (const rows of this.#rows) rows.return();
  }
}

const NO_CURVES = {};

function isCutOff({ status }: StoredTrial): boolean {
  return status === 'censored';
}

/** What is stored of a cell's trials, in their order, without what is skipped. */
class Queue<T extends { readonly trial: number }> {
  readonly #items: Generator<T, void, undefined>;
  readonly #skips: (item: T) => boolean;
  #next: T | undefined;

  constructor(items: Generator<T, void, undefined>, skips: (item: T) => boolean = () => false) {
    this.#items = items;
    this.#skips = skips;
    this.#advance();
  }

  /** The number of the next trial; infinite at the end. */
  get nextTrial(): number {
    return this.#next?.trial ?? Infinity;
  }

  /** Takes what belongs to the trial with this number; what belongs to earlier ones is passed over. */
  take(trial: number): T | undefined {
    while (this.nextTrial < trial) this.#advance();
    const next = this.#next;
    if (next?.trial !== trial) return undefined;
    this.#advance();
    return next;
  }

  #advance(): void {
    do this.#next = this.#items.next().value ?? undefined;
    while (this.#next !== undefined && this.#skips(this.#next));
  }
}
