/** Looks at the store while somebody watches, and tells the viewers what has changed. */
import { setTimeout as pause } from 'node:timers/promises';
import { availableParallelism, loadavg } from 'node:os';
import { quoted } from '../base/quoted.js';
import type { LeaseInHand } from '../pool/control.js';
import type { StoredExperiment } from '../store/identity.js';
import { event } from './board.js';
import { Pace } from './pace.js';
import { experimentsPart, progressPart, runsPart, statePart, type ExperimentEntry } from './parts.js';
import { isUnderWay, runOf, workersOf, writtenAt, type Run } from './runs.js';
import type { LiveSource } from './source.js';
import { talliesOf, type Tallies } from './counts.js';
import { View } from './view.js';
import { Working } from './working.js';

const LOOK_MILLISECONDS = 400;
/** Of the core time of the study: less than 1 %, a part for the counts and the rest for estimates and figures. */
const SHARE = 0.004;
const COUNTS = 0.25;
const LEAST_REST = { counts: 0.5, drawings: 2 } as const;

export interface Viewer {
  readonly experiment: string;
  readonly send: (events: string) => void;
}

export class Feed {
  readonly #source: LiveSource;
  readonly #viewers = new Set<Viewer>();
  readonly #views = new Map<string, View>();
  readonly #counting: Pace;
  readonly #drawing: Pace;
  /** the versions of the store that were counted, and drawn for each experiment */
  #counted: number | undefined;
  readonly #drawn = new Map<string, number>();
  #tallies: Tallies = new Map();
  #runs: readonly Run[] = [];
  readonly #working = new Working();

  /** `share`: of the core time of the study, on average */
  constructor(source: LiveSource, share = SHARE) {
    this.#source = source;
    const cores = (): number => coresOf(workersOf(this.#runs));
    this.#counting = new Pace({ share: () => COUNTS * share * cores(), leastRest: LEAST_REST.counts });
    this.#drawing = new Pace({ share: () => (1 - COUNTS) * share * cores(), leastRest: LEAST_REST.drawings });
  }

  get experiments(): readonly StoredExperiment[] {
    return this.#source.store.experiments();
  }

  /** Tells a viewer everything that is known and then every change, until the returned function is called. */
  join(viewer: Viewer): () => void {
    this.#viewers.add(viewer);
    const view = this.#views.get(viewer.experiment);
    if (view !== undefined) viewer.send(view.board.all());
    return () => {
      this.#viewers.delete(viewer);
    };
  }

  figure(experiment: string, name: string): string | undefined {
    return this.#views.get(experiment)?.gallery.find(name)?.svg;
  }

  /**
   * Looks again and again until the signal, and then once more if wanted. Throws `InputError` when the store is damaged,
   * or no longer in place.
   */
  async run(signal: AbortSignal, lastLook: boolean): Promise<void> {
    let why = `This page is no longer live; basin watch ${quoted(this.#source.store.dir)} shows the study again.`;
    try {
      while (!signal.aborted) {
        if (this.#viewers.size > 0) await this.#look();
        await pause(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
      if (lastLook && this.#viewers.size > 0) {
        this.#counting.hurry();
        this.#drawing.hurry();
        await this.#look();
      }
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      this.#tell(event('over', JSON.stringify(why)));
    }
  }

  async #look(): Promise<void> {
    const { store } = this.#source;
    store.requireInPlace();
    const version = store.version;
    const wanted = new Set(Array.from(this.#viewers, ({ experiment }) => experiment));
    const unseen = [...wanted].some((id) => !this.#views.has(id));
    if (unseen || (version !== this.#counted && this.#counting.due)) {
      await this.#counting.spend(() => {
        this.#count(wanted);
      });
      this.#counted = version;
      this.#tellChanges();
    }
    this.#showWorking();
    for (const id of wanted) await this.#draw(id, version);
  }

  /** Reads the counts of every cell. */
  #count(wanted: ReadonlySet<string>): void {
    const { store } = this.#source;
    const before = isUnderWay(this.#runs);
    store.snapshot(() => {
      this.#runs = store.runs().map(runOf);
      this.#tallies = talliesOf(store);
      for (const stored of store.experiments())
        if (!this.#views.has(stored.id)) this.#views.set(stored.id, new View(this.#source, stored));
    });
    // The last results of a run are drawn at once.
    if (before && !isUnderWay(this.#runs)) this.#drawing.hurry();
    for (const id of wanted) this.#showCounts(id);
  }

  #showCounts(id: string): void {
    const view = this.#views.get(id);
    if (view === undefined) return;
    const running = isUnderWay(this.#runs);
    const entries = Array.from(this.#views, ([other, own]): ExperimentEntry => ({
      id: other,
      ...own.counts(this.#tallies),
    }));
    const complete = entries.every(({ planned, done }) => done >= planned);
    const counts = view.counts(this.#tallies);
    const rate = running ? view.rate(counts.done) : 0;
    const left = view.secondsLeft(this.#tallies, workersOf(this.#runs));
    view.show(this.#tallies);
    view.board.part('state', statePart(this.#runs, writtenAt(this.#source.store), complete, this.#source.continuing));
    view.board.part('experiments', experimentsPart(entries, id));
    view.board.part('progress', progressPart(counts, rate, left, running));
    view.board.part('runs', runsPart(this.#runs, this.#source.inHand !== undefined));
  }

  /** Shows what the run says of its workers, which is not in the store. */
  #showWorking(): void {
    const leases = this.#source.inHand?.();
    if (leases === undefined) return;
    const cellOf = (lease: LeaseInHand): string | undefined => this.#views.get(lease.experiment)?.cellOf(lease.key);
    const part = this.#working.part(leases, cellOf, new Date().toISOString());
    for (const { board } of this.#views.values()) board.part('working', part);
    this.#tellChanges();
  }

  /** Draws an experiment whose results have changed, when drawing is due. */
  async #draw(id: string, version: number): Promise<void> {
    const view = this.#views.get(id);
    if (view === undefined || this.#drawn.get(id) === version) return;
    const draw = (): Promise<void> => view.refresh();
    // The first drawing loads Vega and compiles it. This happens once, so no rest follows.
    if (!this.#drawn.has(id)) await draw();
    else if (this.#drawing.due) await this.#drawing.spend(draw);
    else return;
    this.#drawn.set(id, version);
    this.#tellChanges();
  }

  #tellChanges(): void {
    for (const [id, view] of this.#views) {
      const changes = view.board.takeChanges();
      if (changes !== '') this.#tell(changes, id);
    }
  }

  /** To the viewers of one experiment, or to all. */
  #tell(events: string, experiment?: string): void {
    for (const viewer of this.#viewers)
      if (experiment === undefined || viewer.experiment === experiment) viewer.send(events);
  }
}

/** The cores that a study with so many workers gets: on a busy machine less than one for each. */
function coresOf(workers: number): number {
  const cores = availableParallelism();
  return Math.min(workers, cores) / Math.max(1, loadavg()[0] / cores);
}
